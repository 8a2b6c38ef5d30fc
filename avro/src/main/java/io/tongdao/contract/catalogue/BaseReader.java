package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Base.Rule;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan.Comparison;
import java.time.LocalDate;
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
                CheckCode.KEY_MISSING,
                "base lacks \"subject\": person, organisation, place or other");
        Map<String, BaseItem> items = new LinkedHashMap<>();
        for (Fields item : root.named("items", "item", CheckCode.KEY_MISSING, "base lacks \"items\": add them")) {
            items.put(item.name(), item(item));
        }
        Base base = new Base(name, root.at("base"), root.text("title"), kind, items, groups(root));
        root.end();
        return base;
    }

    private static BaseItem item(Fields fields) {
        List<Rule> rules = fields.has("rules")
                ? fields.listed("rules", "rule").stream().map(BaseReader::dated).toList()
                : List.of(rule(fields, LocalDate.MIN, LocalDate.MAX));
        if (rules.isEmpty()) {
            fields.problem(
                    fields.at("rules"),
                    CheckCode.BASE_SOURCE,
                    "rules of item " + fields.name() + " is a list that begins with {source_of_record: …}: name one");
            rules = List.of(new Rule(
                    fields.at(), LocalDate.MIN, LocalDate.MAX, new Ref("", fields.at()), List.of(), List.of()));
        }
        BaseItem item = new BaseItem(
                fields.name(),
                fields.at(),
                fields.optional("label"),
                fields.optionalWord("compare", Comparison.EXACT),
                rules);
        fields.end();
        return item;
    }

    private static Rule dated(Fields fields) {
        Rule rule = rule(
                fields,
                Typed.optionalDate(fields, "from", LocalDate.MIN),
                Typed.optionalDate(fields, "until", LocalDate.MAX));
        fields.end();
        return rule;
    }

    private static Rule rule(Fields fields, LocalDate from, LocalDate until) {
        String text = fields.require(
                "source_of_record",
                CheckCode.BASE_SOURCE,
                fields.what() + " has no source of record (一数一源): name exactly one dataset as source_of_record");
        return new Rule(
                fields.at(),
                from,
                until,
                new Ref(text, fields.at("source_of_record")),
                fields.refs("fallback"),
                fields.refs("verify"));
    }

    private static List<List<Ref>> groups(Fields root) {
        List<List<Ref>> groups = new ArrayList<>();
        Node node = root.node("groups");
        if (node instanceof Node.Sequence sequence) {
            sequence.nodes().forEach(group -> groups.add(root.refs("groups", group)));
        } else if (node != null) {
            root.problem(node.at(), CheckCode.VALUE_SHAPE, "\"groups\" is a list of lists: write [[a, b], [c, d]]");
        }
        return groups;
    }
}
