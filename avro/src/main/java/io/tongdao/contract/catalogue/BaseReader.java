package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code base/<database>.yaml}. */
final class BaseReader {
    private BaseReader() {}

    static Base read(Fields root) {
        String name = root.id("base", Ids.SNAKE);
        SubjectKind kind = root.word(
                "subject",
                SubjectKind.OTHER,
                "key.missing",
                "base lacks \"subject\": person, organisation, place or other");
        Map<String, BaseItem> items = new LinkedHashMap<>();
        for (Fields item : root.named("items", "item", "key.missing", "base lacks \"items\": add them")) {
            items.put(item.name(), item(item));
        }
        Base base = new Base(name, root.at("base"), root.text("title"), kind, items, groups(root));
        root.end();
        return base;
    }

    private static BaseItem item(Fields fields) {
        Ref source = new Ref(
                fields.require(
                        "source_of_record",
                        "base.source",
                        "item " + fields.name() + " has no source of record (一数一源): name exactly one dataset as"
                                + " source_of_record"),
                fields.at("source_of_record"));
        BaseItem item = new BaseItem(
                fields.name(),
                fields.at(),
                source,
                fields.refs("fallback"),
                fields.refs("verify"),
                fields.optionalWord("compare", Comparison.EXACT),
                fields.optional("label"));
        fields.end();
        return item;
    }

    private static List<List<Ref>> groups(Fields root) {
        List<List<Ref>> groups = new ArrayList<>();
        Node node = root.node("groups");
        if (node instanceof Node.Sequence sequence) {
            sequence.nodes().forEach(group -> groups.add(root.refs("groups", group)));
        } else if (node != null) {
            root.problem(node.at(), "value.shape", "\"groups\" is a list of lists: write [[a, b], [c, d]]");
        }
        return groups;
    }
}
