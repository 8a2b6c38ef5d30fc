package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.catalogue.Dataset.Subject;
import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ItemType;
import java.util.Map;
import java.util.Objects;

/**
 * Every dataset is keyed by an identifier that can be checked (art. 24); where its subjects are of several kinds, these kinds have as many
 * partitions, since they share its topic.
 */
final class SubjectCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        for (Dataset dataset : scope.catalogue().datasets().values()) {
            for (Subject subject : dataset.subjects()) {
                subject(scope, dataset, subject, problems);
            }
        }
    }

    private static void subject(Scope scope, Dataset dataset, Subject subject, Problems problems) {
        References.item(dataset, subject.item(), problems);
        subject.claims().values().forEach(item -> References.item(dataset, item, problems));
        References.item(dataset, subject.type(), problems);
        SubjectKind first = dataset.subjects().getFirst().kind();
        Map<SubjectKind, Integer> partitions = scope.catalogue().terms().partitions();
        if (!Objects.equals(partitions.get(subject.kind()), partitions.get(first))) {
            problems.add(
                    subject.at(),
                    CheckCode.PARTITIONS_KINDS,
                    "subjects of kinds " + first.word() + " and "
                            + subject.kind().word()
                            + " share this dataset's topic, and terms.yaml gives them different numbers of partitions: give them"
                            + " the same, or make a dataset of its own");
        }
        coded(subject, problems);
        Item item = dataset.items().get(subject.item().id());
        if (item != null && item.typed() && !identifies(item.type(), subject.kind()) && !told(item.type(), subject)) {
            problems.add(
                    item.at(),
                    CheckCode.IDENTIFIER_TYPE,
                    "item " + item.name() + " identifies " + phrase(subject.kind())
                            + " (art. 24), so it needs a type with a check: " + fitting(subject.kind()));
        }
    }

    /** Numbers of different codes collide, so a key says which code it is of; documents say it themselves. */
    private static void coded(Subject subject, Problems problems) {
        boolean document = subject.kind() == SubjectKind.PERSON || subject.kind() == SubjectKind.ORGANISATION;
        if (document && !subject.code().isEmpty()) {
            problems.add(
                    subject.at(),
                    CheckCode.SUBJECT_CODE,
                    "the documents of " + phrase(subject.kind())
                            + " say themselves of which kind they are: take \"code\" out");
        } else if (!document && subject.code().isEmpty()) {
            problems.add(
                    subject.at(),
                    CheckCode.SUBJECT_CODE,
                    "the numbers of different codes collide, so the key of " + phrase(subject.kind())
                            + " says which code it is of (art. 24): add code: vehicle_plate, parcel_code, …");
        }
    }

    static boolean identifies(ItemType type, SubjectKind kind) {
        return switch (kind) {
            case PERSON -> type instanceof ItemType.CitizenIdType || document(type, SubjectKind.PERSON);
            case ORGANISATION -> type instanceof ItemType.CreditCodeType || document(type, SubjectKind.ORGANISATION);
            case PLACE, OTHER ->
                type instanceof ItemType.Text || type instanceof ItemType.Int || type instanceof ItemType.BigInt;
        };
    }

    /** One whose kind is not fixed is of a person: told by its form, or by a type code of personal documents. */
    private static boolean document(ItemType type, SubjectKind kind) {
        if (!(type instanceof ItemType.DocumentType document)) {
            return false;
        }
        DocumentKind fixed = document.document().kind();
        return (fixed == null ? SubjectKind.PERSON : fixed.subject()) == kind;
    }

    /** Whether the code that tells a document's kind tells whose it is, too. */
    private static boolean told(ItemType type, Subject subject) {
        return subject.kind() == SubjectKind.ORGANISATION
                && !subject.type().blank()
                && type instanceof ItemType.DocumentType document
                && subject.type().id().equals(document.document().typeItem());
    }

    private static String phrase(SubjectKind kind) {
        return switch (kind) {
            case PERSON -> "a person";
            case ORGANISATION -> "an organisation";
            case PLACE -> "a place";
            case OTHER -> "a thing";
        };
    }

    private static String fitting(SubjectKind kind) {
        return switch (kind) {
            case PERSON -> "citizen_id or document(n)";
            case ORGANISATION -> "credit_code, organisation_code or registration_number";
            case PLACE, OTHER -> "string(n), int or bigint";
        };
    }
}
