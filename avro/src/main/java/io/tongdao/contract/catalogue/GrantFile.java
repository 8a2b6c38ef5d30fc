package io.tongdao.contract.catalogue;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Mask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An application for a grant as a person writes it, in YAML:
 *
 * <pre>
 * grant: yb-enrolment
 * kind: share                                   # share | return
 * consumer: yb
 * table: base.population                        # or a dataset, agency.dataset
 * items: {citizen_id: token, full_name: surname, enrol_status: keep}
 * filter: enrol_status == '1'                   # CEL over the table's items; left out: all rows
 * territory: {division: 530102, item: hukou_division}     # of a return
 * key: token                                    # token | clear
 * purpose: medical_insurance
 * legal_basis: 医疗保障基金使用监督管理条例第二十三条
 * scenario: 参保资格核验
 * from: 2026-01-01                              # a day in Asia/Shanghai, or an instant
 * until: 2027-12-31
 * delivery: [topic, table]                      # and database
 * partitions: 1                                 # of its topic; left out: 1
 * </pre>
 *
 * <p>Only the file is judged here; whether the catalogue allows it is {@link io.tongdao.contract.grant.GrantCheck}'s to say.
 */
public final class GrantFile {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private final Problems problems = new Problems();

    private GrantFile() {}

    /**
     * @param by who files it, and when
     * @throws CatalogueRefused with every problem of the file as {@code file:line: text}
     */
    public static Grant read(Path file, String by, Instant at) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return new GrantFile().read(file.toString(), text, by, at);
    }

    /** Reads what is made up, and forgets it: how {@link CatalogueSchema} learns the words. */
    static void ask(Fields fields) {
        new GrantFile().grant(fields, "", Instant.EPOCH);
    }

    private Grant read(String file, String text, String by, Instant at) {
        Node.Mapping root = YamlReader.read(file, text, problems).orElse(null);
        if (root == null) {
            throw new CatalogueRefused(problems.sorted());
        }
        Grant grant = grant(new Fields("grant", new Place(file, 1), root, problems), by, at);
        if (!problems.sorted().isEmpty()) {
            throw new CatalogueRefused(problems.sorted());
        }
        return grant;
    }

    private Grant grant(Fields fields, String by, Instant at) {
        Territory territory = territory(fields.optionalSection("territory"));
        Grant grant = new Grant(
                fields.text("grant"),
                fields.word("kind", Grant.Kind.SHARE, CheckCode.KEY_MISSING, "grant lacks \"kind\": share or return"),
                fields.text("consumer"),
                fields.text("table"),
                items(fields.section("items", CheckCode.KEY_MISSING, "grant lacks \"items\": {item: mask, …}")),
                fields.optional("filter"),
                territory.division(),
                territory.item(),
                fields.word("key", Grant.KeyForm.TOKEN, CheckCode.KEY_MISSING, "grant lacks \"key\": token or clear"),
                fields.text("purpose"),
                fields.text("legal_basis"),
                fields.text("scenario"),
                instant(fields, "from"),
                instant(fields, "until"),
                delivery(fields),
                partitions(fields),
                Map.of(),
                Grant.Status.FILED,
                1,
                by,
                "filed",
                at);
        fields.end();
        return grant;
    }

    private record Territory(String division, String item) {}

    private static Territory territory(@Nullable Fields fields) {
        if (fields == null) {
            return new Territory("", "");
        }
        Territory territory = new Territory(fields.text("division"), fields.text("item"));
        fields.end();
        return territory;
    }

    private static Map<String, Mask> items(@Nullable Fields fields) {
        Map<String, Mask> items = new LinkedHashMap<>();
        if (fields != null) {
            fields.texts().keySet().forEach(item -> items.put(item, fields.optionalWord(item, Mask.DROP)));
        }
        return items;
    }

    private List<Grant.Delivery> delivery(Fields fields) {
        List<Grant.Delivery> ways = new ArrayList<>();
        for (Ref way :
                fields.refs("delivery", CheckCode.KEY_MISSING, "grant lacks \"delivery\": [topic, table, database]")) {
            try {
                ways.add(Grant.Delivery.valueOf(way.id().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                problems.add(
                        way.at(),
                        CheckCode.VALUE_WORD,
                        "delivery \"" + way.id() + "\" is none of topic, table, database");
            }
        }
        return ways;
    }

    private Instant instant(Fields fields, String key) {
        String text = fields.text(key);
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZONE).toInstant();
        } catch (DateTimeParseException e) {
            if (!text.isEmpty()) {
                fields.problem(
                        fields.at(key),
                        CheckCode.VALUE_DATE,
                        "\"" + key + "\" is a day, 2026-01-31, or an instant, 2026-01-31T00:00:00Z");
            }
            return Instant.EPOCH;
        }
    }

    private int partitions(Fields fields) {
        String text = fields.optional("partitions");
        try {
            return text.isEmpty() ? 1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            fields.problem(fields.at("partitions"), CheckCode.VALUE_NUMBER, "\"partitions\" is a number from 1");
            return 1;
        }
    }
}
