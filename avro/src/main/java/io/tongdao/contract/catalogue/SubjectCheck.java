package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.catalogue.Dataset.Subject;
import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ItemType;

/** Every dataset is keyed by an identifier that can be checked (art. 24), all its subjects of one kind. */
final class SubjectCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        for (Dataset dataset : scope.catalogue().datasets().values()) {
            for (Subject subject : dataset.subjects()) {
                subject(dataset, subject, problems);
            }
        }
    }

    private static void subject(Dataset dataset, Subject subject, Problems problems) {
        References.item(dataset, subject.item(), problems);
        subject.claims().values().forEach(item -> References.item(dataset, item, problems));
        SubjectKind first = dataset.subjects().getFirst().kind();
        if (subject.kind() != first) {
            problems.add(
                    subject.at(),
                    "subject.kinds",
                    "all subjects of a dataset are of one kind, since its topic is partitioned with it: make this one "
                            + first.word() + ", or a dataset of its own");
        }
        coded(subject, problems);
        Item item = dataset.items().get(subject.item().id());
        if (item != null && item.typed() && !identifies(item.type(), subject.kind())) {
            problems.add(
                    item.at(),
                    "identifier.type",
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
                    "subject.code",
                    "the documents of " + phrase(subject.kind())
                            + " say themselves of which kind they are: take \"code\" out");
        } else if (!document && subject.code().isEmpty()) {
            problems.add(
                    subject.at(),
                    "subject.code",
                    "the numbers of different codes collide, so the key of " + phrase(subject.kind())
                            + " says which code it is of (art. 24): add code: vehicle_plate, parcel_code, …");
        }
    }

    private static boolean identifies(ItemType type, SubjectKind kind) {
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
