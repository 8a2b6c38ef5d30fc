package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.catalogue.Dataset.Subject;
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
        Item item = dataset.items().get(subject.item().id());
        if (item != null && item.typed() && !identifies(item.type(), subject.kind())) {
            problems.add(
                    item.at(),
                    "identifier.type",
                    "item " + item.name() + " identifies " + phrase(subject.kind())
                            + " (art. 24), so it needs a type with a check: " + fitting(subject.kind()));
        }
    }

    private static boolean identifies(ItemType type, SubjectKind kind) {
        return switch (kind) {
            case PERSON -> type instanceof ItemType.CitizenIdType || type instanceof ItemType.DocumentType;
            case ORGANISATION -> type instanceof ItemType.CreditCodeType;
            case PLACE, OTHER -> type instanceof ItemType.Text;
        };
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
            case ORGANISATION -> "credit_code";
            case PLACE, OTHER -> "string(n)";
        };
    }
}
