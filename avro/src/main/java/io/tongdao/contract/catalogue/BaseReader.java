package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.BaseItem;
import io.tongdao.contract.catalogue.Base.CrossRule;
import io.tongdao.contract.catalogue.Base.Identity;
import io.tongdao.contract.catalogue.Base.Rule;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan.Blame;
import io.tongdao.contract.plan.Strategy;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        Base base = new Base(
                name, root.at("base"), root.text("title"), kind, items, groups(root), checks(root), identity(root));
        root.end();
        return base;
    }

    private static BaseItem item(Fields fields) {
        List<Rule> rules = fields.has("rules")
                ? fields.listed("rules", "rule").stream().map(BaseReader::dated).toList()
                : List.of(RuleReader.read(fields, LocalDate.MIN, LocalDate.MAX));
        if (rules.isEmpty()) {
            fields.problem(
                    fields.at("rules"),
                    CheckCode.BASE_SOURCE,
                    "rules of item " + fields.name() + " is a list that begins with {source_of_record: …}: name one");
            rules = List.of(new Rule(
                    fields.at(),
                    LocalDate.MIN,
                    LocalDate.MAX,
                    new Ref("", fields.at()),
                    List.of(),
                    List.of(),
                    Strategy.LED));
        }
        BaseItem item = new BaseItem(
                fields.name(),
                fields.at(),
                fields.optional("label"),
                ComparisonReader.read(fields),
                rules,
                new Blame(fields.optionalWord("blame", Blame.Who.OTHERS), grace(fields)));
        fields.end();
        return item;
    }

    private static Rule dated(Fields fields) {
        Rule rule = RuleReader.read(
                fields,
                Typed.optionalDate(fields, "from", LocalDate.MIN),
                Typed.optionalDate(fields, "until", LocalDate.MAX));
        fields.end();
        return rule;
    }

    private static @Nullable Identity identity(Fields root) {
        Fields section = root.optionalSection("identity");
        if (section == null) {
            return null;
        }
        Identity identity = new Identity(
                section.at(),
                section.ref("name"),
                section.optionalRef("birth"),
                section.optionalRef("sex"),
                section.ref("issuer"),
                section.refs("unknown"));
        section.end();
        return identity;
    }

    private static Map<String, CrossRule> checks(Fields root) {
        Fields section = root.optionalSection("checks");
        Map<String, CrossRule> checks = new LinkedHashMap<>();
        for (Fields check : section == null ? List.<Fields>of() : section.named("check")) {
            checks.put(check.name(), check(check));
        }
        return checks;
    }

    private static CrossRule check(Fields fields) {
        Fields reads = fields.optionalSection("reads");
        CrossRule check = new CrossRule(
                fields.name(),
                fields.at(),
                fields.text("label"),
                fields.ref("holds"),
                reads == null ? Map.of() : reads.texts(),
                fields.refs("missing"),
                new Ref(
                        fields.require(
                                "blame",
                                CheckCode.KEY_MISSING,
                                fields.what() + " lacks \"blame\": name the dataset or the agency that is told"),
                        fields.at("blame")),
                fields.refs("disputes"),
                grace(fields));
        if (reads != null) {
            reads.end();
        }
        fields.end();
        return check;
    }

    /** Days, or hours and less: {@code P30D}, {@code PT12H}. */
    private static Duration grace(Fields fields) {
        String text = fields.optional("grace");
        try {
            Duration grace = text.isEmpty() ? Duration.ZERO : Duration.parse(text);
            if (!grace.isNegative()) {
                return grace;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        fields.problem(
                fields.at("grace"),
                CheckCode.VALUE_PERIOD,
                "\"grace\" of " + fields.what() + " can't be \"" + text + "\": write days as P30D, or hours as PT12H");
        return Duration.ZERO;
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
