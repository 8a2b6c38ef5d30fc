package io.tongdao.contract.catalogue;

import io.tongdao.contract.open.PublicationPlan.Role;
import io.tongdao.contract.open.Rung;
import io.tongdao.contract.plan.ShareClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code open/<publication>.yaml}, with the elements that art. 39 demands of an entry of the open catalogue. */
final class PublicationReader {
    private static final List<String> RUNGS =
            Arrays.stream(Rung.values()).map(Rung::word).toList();

    private PublicationReader() {}

    static Publication read(Fields root) {
        Map<String, Publication.Item> items = new LinkedHashMap<>();
        String none =
                "publication lacks \"items\": list what is published, each with its ladder; what is not listed is not";
        for (Fields item : root.named("items", "item", CheckCode.KEY_MISSING, none)) {
            items.put(item.name(), item(item));
        }
        Publication publication = new Publication(
                root.id("publication", Ids.SNAKE),
                root.at("publication"),
                root.text("title"),
                root.ref("table"),
                root.word(
                        "class",
                        ShareClass.UNCONDITIONAL,
                        CheckCode.KEY_MISSING,
                        "publication lacks \"class\" (开放类型): unconditional or conditional"),
                root.at("class"),
                root.ref("zone"),
                root.word(
                        "update",
                        Dataset.Cycle.YEARLY,
                        CheckCode.KEY_MISSING,
                        "publication lacks \"update\" (更新周期): yearly, monthly, …"),
                root.text("licence"),
                root.text("contact"),
                root.ref("publisher"),
                items);
        root.end();
        return publication;
    }

    private static Publication.Item item(Fields fields) {
        fields.checked("", fields.name(), Ids.SNAKE);
        List<Rung> ladder = new ArrayList<>();
        String lacking = fields.what() + " lacks \"ladder\": write [keep, drop], from the finest to the coarsest";
        for (Ref rung : fields.refs("ladder", CheckCode.KEY_MISSING, lacking)) {
            if (RUNGS.contains(rung.id())) {
                ladder.add(Rung.valueOf(rung.id().toUpperCase(Locale.ROOT)));
            } else {
                fields.problem(
                        rung.at(),
                        CheckCode.VALUE_WORD,
                        "no rung of a ladder is called \"" + rung.id() + "\"" + Nearest.hint(rung.id(), RUNGS));
            }
        }
        Publication.Item item = new Publication.Item(
                fields.name(), fields.at(), ladder, fields.at("ladder"), fields.optionalWord("role", Role.QUASI));
        fields.end();
        return item;
    }
}
