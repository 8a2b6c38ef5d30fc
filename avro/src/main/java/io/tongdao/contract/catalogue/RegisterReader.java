package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Agency;
import io.tongdao.contract.catalogue.Catalogue.Standard;
import io.tongdao.contract.catalogue.Catalogue.Terms;
import io.tongdao.contract.identity.SubjectKind;
import java.time.DateTimeException;
import java.time.Period;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the registers that datasets point to: agencies, standards, terms. */
final class RegisterReader {
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,3}");
    private static final Period SHORTEST_USE_RECORDS = Period.ofYears(3);

    private RegisterReader() {}

    static List<Agency> agencies(Fields root) {
        return root.named("agency").stream().map(RegisterReader::agency).toList();
    }

    private static Agency agency(Fields fields) {
        String id = fields.checked("", fields.name(), Ids.KEBAB);
        Agency agency = new Agency(
                id,
                fields.at(),
                fields.text("name"),
                fields.word(
                        "level",
                        Agency.Level.PROVINCE,
                        "key.missing",
                        "agency " + id + " lacks \"level\": province, prefecture or county"),
                fields.ref("division"));
        fields.end();
        return agency;
    }

    static Standard standard(Fields root) {
        Fields codes = root.section("codes", "key.missing", "standard lacks \"codes\": write {\"1\": …, \"2\": …}");
        Map<String, Ref> table = codes == null ? Map.of() : codes.texts();
        if (codes != null) {
            codes.end();
        }
        Standard standard = new Standard(
                root.text("standard"),
                root.at("standard"),
                root.text("title"),
                excerpt(root),
                table,
                DocumentReader.kinds(root));
        root.end();
        return standard;
    }

    private static boolean excerpt(Fields root) {
        return root.optionalWord("excerpt", YesNo.FALSE) == YesNo.TRUE;
    }

    private enum YesNo {
        TRUE,
        FALSE
    }

    static Terms terms(Fields root) {
        Map<SubjectKind, Integer> partitions = new EnumMap<>(SubjectKind.class);
        Fields counts = root.section(
                "partitions",
                "key.missing",
                "terms lack \"partitions\": write {person: 2, organisation: 2, place: 1, other: 1}");
        for (SubjectKind kind : SubjectKind.values()) {
            partitions.put(kind, counts == null ? 1 : number(counts, kind.word(), COUNT));
        }
        if (counts != null) {
            counts.end();
        }
        Terms terms = new Terms(partitions, useRecords(root));
        root.end();
        return terms;
    }

    private static Period useRecords(Fields root) {
        Fields retention = root.section(
                "retention", "key.missing", "terms lack \"retention\": write {use_records: P3Y} (art. 35)");
        if (retention == null) {
            return SHORTEST_USE_RECORDS;
        }
        Period period = SHORTEST_USE_RECORDS;
        String text = retention.text("use_records");
        try {
            period = text.isEmpty() ? period : Period.parse(text);
        } catch (DateTimeException e) {
            retention.problem(retention.at("use_records"), "value.period", "\"use_records\" is no period: write P3Y");
        }
        if (period.toTotalMonths() < SHORTEST_USE_RECORDS.toTotalMonths()) {
            retention.problem(
                    retention.at("use_records"),
                    "terms.retention",
                    "records of use are kept at least 3 years (art. 35): write P3Y");
        }
        retention.end();
        return period;
    }

    private static int number(Fields fields, String key, Pattern form) {
        String text = fields.text(key);
        if (form.matcher(text).matches()) {
            return Integer.parseInt(text);
        }
        if (!text.isEmpty()) {
            fields.problem(
                    fields.at(key),
                    "value.number",
                    "\"" + key + "\" can't be \"" + text + "\": write a positive whole number");
        }
        return 1;
    }
}
