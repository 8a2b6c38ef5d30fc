package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Standard;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.ItemType;

/** What says a document's kind exists, and its codes are of a standard that says which kinds they mean (art. 18, 24). */
final class DocumentCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        for (Dataset dataset : scope.catalogue().datasets().values()) {
            for (Item item : dataset.items().values()) {
                if (item.type() instanceof ItemType.DocumentType type) {
                    document(scope, dataset, item, type.document(), problems);
                }
            }
        }
        scope.catalogue().standards().values().forEach(standard -> codes(standard, problems));
    }

    private static void document(Scope scope, Dataset dataset, Item item, Document document, Problems problems) {
        References.item(dataset, new Ref(document.typeItem(), item.at()), problems);
        References.item(dataset, new Ref(document.nationalityItem(), item.at()), problems);
        Item type = dataset.items().get(document.typeItem());
        if (type != null && type.typed() && !(type.type() instanceof ItemType.Code)) {
            problems.add(
                    item.at(),
                    CheckCode.DOCUMENT_CODES,
                    "item " + type.name() + " says the kind of document of " + item.name()
                            + ", so it is of type code(…): give it a standard with \"documents\"");
        } else if (type != null && type.type() instanceof ItemType.Code code) {
            Standard standard = scope.catalogue().standards().get(code.standard());
            if (standard != null && standard.documents().isEmpty()) {
                problems.add(
                        item.at(),
                        CheckCode.DOCUMENT_CODES,
                        "standard " + standard.id() + " does not say which documents its codes mean, which "
                                + dataset.id() + "." + item.name()
                                + " needs: add documents: {\"111\": citizen_id, …}");
            }
        }
    }

    private static void codes(Standard standard, Problems problems) {
        standard.documents().keySet().stream()
                .filter(code -> standard.versions().stream()
                        .noneMatch(version -> version.codes().containsKey(code)))
                .forEach(code -> problems.add(
                        standard.at(),
                        CheckCode.DOCUMENT_CODES,
                        "code " + code + " under \"documents\" is no code of standard " + standard.id()
                                + ": add it to the codes"));
    }
}
