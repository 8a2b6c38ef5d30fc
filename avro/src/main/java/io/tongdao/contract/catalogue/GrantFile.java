package io.tongdao.contract.catalogue;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantScope;
import io.tongdao.contract.grant.GrantStep;
import io.tongdao.contract.grant.GrantTerms;
import io.tongdao.contract.plan.FilePlan;
import io.tongdao.contract.plan.FileTerms;
import io.tongdao.contract.plan.Mask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application for a grant as a person writes it, in YAML:
 *
 * <pre>
 * grant: yb-enrolment
 * kind: share                                   # share | return | emergency; open and operate are not filed
 * consumer: yb
 * table: base.population                        # or a dataset, agency.dataset, or theme.database.table
 * items: {citizen_id: token, full_name: surname, enrol_status: keep}
 * filter: enrol_status == '1'                   # CEL over the table's items; left out: all rows
 * territory: {division: 530102, item: hukou_division}     # of a return
 * key: token                                    # token | clear; left out: token
 * purpose: medical_insurance
 * legal_basis: 医疗保障基金使用监督管理条例第二十三条
 * scenario: 参保资格核验
 * incident: 2026-quake-3                        # of an emergency
 * consent: {mobile: {by: hrss, document: 云人社函〔2026〕8号, on: 2026-03-02}}      # to a mask looser than the catalogue's; by: [a, b]
 * assessment: {document: …, result: acceptable, on: 2026-03-01, until: 2027-03-01}  # of important data
 * from: 2026-01-01                              # a day in Asia/Shanghai, or an instant; left out: as soon as it is approved
 * until: 2027-12-31
 * delivery: [topic, table]                      # and database, file; or [verify], with mask drop for each item
 * files: {every: day, format: csv, sealed: true, keep: P7D}   # of delivery file; left out: as terms.yaml says
 * partitions: 1                                 # of its topic; left out: 1
 * bytes_per_second: 10485760                    # what its consumer may read; left out: 10 MiB
 * </pre>
 *
 * <p>Only the file is judged here: what can't be read is a mistake, what is missing is not, but for id and kind, without which there is no
 * application. Whether the rest is whole and allowed is {@link io.tongdao.contract.grant.GrantCheck}'s to say.
 */
public final class GrantFile {
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,3}");
    private static final Pattern RATE = Pattern.compile("[1-9][0-9]{0,11}");
    private final Problems problems = new Problems();

    private final FileTerms standard;

    private GrantFile(FileTerms standard) {
        this.standard = standard;
    }

    /**
     * @param by who files it, and when
     * @throws CatalogueRefused with every problem of the file as {@code file:line: text}
     */
    public static Grant read(Path file, String by, Instant at) {
        return read(file, by, at, FilePlan.DEFAULT);
    }

    /** @param files what terms.yaml says of files */
    public static Grant read(Path file, String by, Instant at, FilePlan files) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return read(file.toString(), text, by, at, files);
    }

    /**
     * The same of a text that is in no file.
     *
     * @param name stands for the file in problems
     */
    public static Grant read(String name, String text, String by, Instant at, FilePlan files) {
        return new GrantFile(files.standard()).parsed(name, text, by, at);
    }

    /** Reads what is made up, and forgets it: how {@link CatalogueSchema} learns the words. */
    static void ask(Fields fields) {
        new GrantFile(FilePlan.DEFAULT.standard()).grant(fields, "", Instant.EPOCH);
    }

    private Grant parsed(String file, String text, String by, Instant at) {
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
        Grant grant = new Grant(
                fields.text("grant"),
                fields.word(
                        "kind",
                        Grant.Kind.SHARE,
                        CheckCode.KEY_MISSING,
                        "grant lacks \"kind\": share, return or emergency"),
                fields.optional("consumer"),
                scope(fields),
                GrantPapersReader.read(fields),
                terms(fields, at),
                Map.of(),
                List.of(new GrantStep(Grant.Status.FILED, 1, by, "filed", at)));
        fields.end();
        return grant;
    }

    private static GrantScope scope(Fields fields) {
        Fields territory = GrantPapersReader.given(fields, "territory");
        GrantScope scope = new GrantScope(
                fields.optional("table"),
                items(GrantPapersReader.given(fields, "items")),
                fields.optional("filter"),
                territory == null ? "" : territory.optional("division"),
                territory == null ? "" : territory.optional("item"),
                fields.optionalWord("key", Grant.KeyForm.TOKEN));
        if (territory != null) {
            territory.end();
        }
        return scope;
    }

    private static Map<String, Mask> items(@Nullable Fields fields) {
        Map<String, Mask> items = new LinkedHashMap<>();
        if (fields != null) {
            fields.texts().keySet().forEach(item -> items.put(item, fields.optionalWord(item, Mask.DROP)));
        }
        return items;
    }

    private GrantTerms terms(Fields fields, Instant at) {
        List<Grant.Delivery> delivery = delivery(fields);
        return new GrantTerms(
                instant(fields, "from", at),
                instant(fields, "until", GrantTerms.OPEN_ENDED),
                delivery,
                partitions(fields),
                rate(fields),
                files(fields, delivery));
    }

    private List<Grant.Delivery> delivery(Fields fields) {
        List<Grant.Delivery> ways = new ArrayList<>();
        for (Ref way : GrantPapersReader.blank(fields, "delivery") ? List.<Ref>of() : fields.refs("delivery")) {
            try {
                ways.add(Grant.Delivery.valueOf(way.id().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                problems.add(
                        way.at(),
                        CheckCode.VALUE_WORD,
                        "delivery \"" + way.id() + "\" is none of topic, table, database, file, verify");
            }
        }
        return ways;
    }

    /** What a grant that names no file says of files is judged later. */
    private @Nullable FileTerms files(Fields fields, List<Grant.Delivery> delivery) {
        Fields files = GrantPapersReader.given(fields, "files");
        if (files == null) {
            return delivery.contains(Grant.Delivery.FILE) ? standard : null;
        }
        FileTerms terms = FileTermsReader.terms(files, standard);
        files.end();
        return terms;
    }

    private static Instant instant(Fields fields, String key, Instant leftOut) {
        String text = fields.optional(key);
        if (text.isEmpty()) {
            return leftOut;
        }
        try {
            return text.contains("T") ? Instant.parse(text) : GrantTerms.begin(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            fields.problem(
                    fields.at(key),
                    CheckCode.VALUE_DATE,
                    "\"" + key + "\" is a day, 2026-01-31, or an instant, 2026-01-31T00:00:00Z");
            return leftOut;
        }
    }

    private static int partitions(Fields fields) {
        return Typed.number(fields, "partitions", COUNT, "a number from 1").orElse(1);
    }

    private static long rate(Fields fields) {
        fields.form("bytes_per_second", RATE);
        String text = fields.optional("bytes_per_second");
        if (!text.isEmpty() && !RATE.matcher(text).matches()) {
            fields.problem(
                    fields.at("bytes_per_second"), CheckCode.VALUE_NUMBER, "\"bytes_per_second\" is a number from 1");
        }
        return RATE.matcher(text).matches() ? Long.parseLong(text) : GrantTerms.BYTES_PER_SECOND;
    }
}
