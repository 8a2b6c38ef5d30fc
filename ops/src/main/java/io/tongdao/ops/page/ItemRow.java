package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.Dataset;
import io.tongdao.contract.catalogue.Dataset.Item;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.StandardPlan;

/**
 * An item of a dataset as the page shows it.
 *
 * @param standard the id of the standard that its values follow, or empty
 * @param share the word of its own class where that differs from the dataset's, else empty
 * @param grounds of its own class
 * @param origin how the agency came by it, in words
 */
public record ItemRow(
        String name,
        String label,
        String sourceName,
        String type,
        String standard,
        int level,
        String personal,
        boolean sensitive,
        String share,
        String shareWord,
        String grounds,
        String mask,
        String returnMask,
        String origin,
        String originDataset) {

    static ItemRow of(Catalogue catalogue, Dataset dataset, Item item) {
        boolean own = item.share().type() != dataset.share().type();
        String of = item.copyOf().id();
        int dot = of.lastIndexOf('.');
        return new ItemRow(
                item.name(),
                item.label(),
                item.sourceName(),
                type(dataset, item.type()),
                StandardPlan.idOf(standard(item)),
                item.level(),
                Chinese.personal(item.personal()),
                item.personal().sensitive(),
                own ? DatasetEntry.word(item.share().type()) : "",
                own ? Chinese.share(item.share().type()) : "",
                own ? Grounds.line(item.share()) : "",
                Chinese.mask(item.mask()),
                Chinese.mask(item.returnMask()),
                dot < 0 ? Chinese.origin(item.origin()) : "引自" + DatasetEntry.dataset(catalogue, of.substring(0, dot)),
                dot < 0 ? "" : of.substring(0, dot));
    }

    private static String standard(Item item) {
        return item.standard().blank() && item.type() instanceof ItemType.Code code
                ? code.standard()
                : item.standard().id();
    }

    /** With the item that says the document's kind. */
    private static String type(Dataset dataset, ItemType type) {
        if (type instanceof ItemType.DocumentType document) {
            Document by = document.document();
            Item typeItem = dataset.items().get(by.typeItem());
            return Chinese.type(type) + (typeItem == null ? "" : "，依“" + typeItem.label() + "”");
        }
        return Chinese.type(type);
    }
}
