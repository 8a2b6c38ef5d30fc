package io.tongdao.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule by one change of the sound sample: exactly one problem, of its code, in the line that was changed. */
class CatalogueChecksTest {
    private static final String GA = "datasets/ga/household_population.yaml";
    private static final String MZ = "datasets/mz/marriage_registration.yaml";
    private static final String HRSS = "datasets/hrss/social_insurance_enrolment.yaml";
    private static final String SCJG = "datasets/scjg/enterprise_registration.yaml";
    private static final String POPULATION = "base/population.yaml";

    @TempDir
    Path directory;

    @Test
    void theSampleIsSound() {
        assertThat(SampleProvince.problems(SampleProvince.DIRECTORY)).isEmpty();
    }

    static Stream<Arguments> art15() {
        return Stream.of(
                arguments(GA, "title: 户籍人口基本信息\n", "", "element.missing", "dataset: h"),
                arguments(GA, "form: database\n", "", "element.missing", "dataset: h"),
                arguments(GA, "format: PostgreSQL\n", "", "element.missing", "dataset: h"),
                arguments(GA, "class: personal_identity\n", "", "element.missing", "dataset: h"),
                arguments(GA, "code: 101001/1\n", "", "element.missing", "dataset: h"),
                arguments(GA, "update: daily\n", "", "element.missing", "dataset: h"),
                arguments(SCJG, "class: unconditional, methods", "methods", "element.missing", "share: {"),
                arguments(GA, "  methods: [topic, table, database, verify]\n", "", "element.missing", "share:"),
                arguments(GA, "open: {class: withheld, reason: 个人信息}\n", "", "element.missing", "dataset: h"),
                arguments(GA, "label: 曾用名, ", "", "element.missing", "former_name:"),
                arguments(GA, "type: code(GB/T 3304), ", "", "element.missing", "ethnicity_code:"),
                arguments(
                        GA,
                        "type: code(GB/T 4761), level: 2",
                        "type: code(GB/T 4761)",
                        "element.missing",
                        "relation_to_head:"));
    }

    static Stream<Arguments> classes() {
        return Stream.of(
                arguments(GA, "condition: 限", "reason: 限", "share.condition", "class: conditional"),
                arguments(GA, "  scope: 承担", "  reason: 承担", "share.scope", "share:"),
                arguments(SCJG, "class: unconditional", "class: withheld", "share.citation", "class: withheld"),
                arguments(
                        SCJG,
                        "class: unconditional",
                        "class: withheld, reason: 秘",
                        "share.citation",
                        "class: withheld"),
                arguments(
                        SCJG,
                        "class: unconditional, methods: [topic, table, database, file, verify]",
                        "class: withheld, reason: 秘, citation: {kind: law, name: 法}",
                        "share.citation",
                        "kind: law"),
                arguments(
                        SCJG,
                        "share: {class: conditional, condition: 限依法核验法定代表人身份}",
                        "share: {class: conditional}",
                        "share.condition",
                        "share: {class: conditional}"),
                arguments(
                        SCJG,
                        "open: {class: conditional, condition: 限企业登记公示事项；不含自然人证件号码和联系电话}",
                        "open: {class: conditional}",
                        "open.condition",
                        "open: {class: conditional}"),
                arguments(GA, "reason: 个人信息", "condition: 无", "open.reason", "condition: 无"),
                arguments(GA, "class: conditional", "class: conditionl", "value.word", "conditionl"),
                arguments(
                        GA,
                        "purposes: [medical_insurance,",
                        "purposes: [gambling, medical_insurance,",
                        "ref.purpose",
                        "gambling"));
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                arguments(MZ, "document: {type: husband_id_type}", "document: {type: id_type}", "ref.item", "id_type}"),
                arguments(
                        MZ,
                        "document: {type: husband_id_type}",
                        "document: {type: husband_id_type, nationality: country}",
                        "ref.item",
                        "country}"),
                arguments(
                        MZ,
                        "document: {type: husband_id_type}",
                        "document: {kind: passport, type: husband_id_type}",
                        "document.kind",
                        "kind: passport"),
                arguments(MZ, "document: {type: husband_id_type}", "document: {}", "document.kind", "document: {}"),
                arguments(
                        MZ,
                        "document: {type: husband_id_type}",
                        "document: {kind: pasport}",
                        "value.word",
                        "kind: pasport"),
                arguments(
                        MZ,
                        "document: {type: husband_id_type}",
                        "document: {type: husband_name}",
                        "document.codes",
                        "{type: husband_name}"),
                arguments(
                        MZ,
                        "document: {type: husband_id_type}",
                        "document: {type: marital_status}",
                        "document.codes",
                        "{type: marital_status}"),
                arguments(
                        GA,
                        "type: string(20), level: 3, mask: token",
                        "type: string(20), document: {kind: passport}, level: 3, mask: token",
                        "document.type",
                        "kind: passport"),
                arguments(
                        "standards/ga-t-517.yaml",
                        "documents: {\"111\": citizen_id, ",
                        "documents: {\"112\": citizen_id, ",
                        "document.codes",
                        "standard: GA"),
                arguments(
                        GA,
                        "subject: {kind: person, item: citizen_id}",
                        "subject: {kind: person, item: citizen_id, code: citizen}",
                        "subject.code",
                        "subject: {"));
    }

    static Stream<Arguments> references() {
        return Stream.of(
                arguments("agencies.yaml", "division: 530102", "division: 530199", "ref.division", "530199"),
                arguments(
                        "agencies.yaml",
                        "level: county, division: 530102",
                        "level: prefecture, division: 530102",
                        "agency.level",
                        "530102"),
                arguments("sources.yaml", "{agency: mz,", "{agency: mzz,", "ref.agency", "mz-db"),
                arguments(GA, "connection: ga-db", "connection: ga-dbx", "ref.connection", "ga-dbx"),
                arguments(GA, "type: code(GB/T 4761)", "type: code(GB/T 4762)", "ref.standard", "4762"),
                arguments(HRSS, "row_key: [personal_si_no", "row_key: [personal_no", "ref.item", "personal_no,"),
                arguments(HRSS, "as_of: last_paid_month", "as_of: last_month", "ref.item", "last_month"),
                arguments(GA, "{hukou: hukou_division}", "{hukou: hukou_divison}", "ref.item", "divison}"),
                arguments(GA, "{hukou: hukou_division}", "{hukou: full_name}", "territory.type", "{hukou"),
                arguments(
                        HRSS,
                        "copy_of: ga.household_population.citizen_id",
                        "copy_of: ga.population.citizen_id",
                        "ref.dataset",
                        "ga.population."),
                arguments(
                        HRSS,
                        "copy_of: ga.household_population.citizen_id",
                        "copy_of: ga.household_population.id",
                        "ref.item",
                        "population.id}"),
                arguments(
                        POPULATION,
                        "verify: [hrss.social_insurance_enrolment",
                        "verify: [hrss.social_insurance",
                        "ref.dataset",
                        "social_insurance,"),
                arguments("divisions_history.csv", ",530114", ",530199", "division.unknown", ",530199"));
    }

    static Stream<Arguments> bases() {
        return Stream.of(
                arguments(
                        POPULATION,
                        "{source_of_record: mz.marriage_registration, compare: code}",
                        "{compare: code}",
                        "base.source",
                        "marital_status"),
                arguments(
                        POPULATION,
                        "verify: [hrss.social_insurance_enrolment,",
                        "verify: [ga.household_population,",
                        "base.source",
                        "full_name"),
                arguments(
                        POPULATION,
                        "gender_code:       {source_of_record: ga.household_population",
                        "gender_code:       {source_of_record: hrss.social_insurance_enrolment",
                        "base.item",
                        "gender_code"),
                arguments(
                        POPULATION,
                        "residence_address: {source_of_record: ga.household_population}",
                        "residence_address: {source_of_record: ga.household_population, fallback: [hrss.social_insurance_enrolment]}",
                        "base.item",
                        "residence_address"),
                arguments(
                        POPULATION,
                        "groups: [[hukou_address, hukou_division]]",
                        "groups: [[hukou_address, mobile]]",
                        "base.group",
                        "groups"),
                arguments(
                        POPULATION,
                        "groups: [[hukou_address, hukou_division]]",
                        "groups: [[hukou_address, hukou]]",
                        "ref.item",
                        "groups"),
                arguments(POPULATION, "compare: han_name", "compare: date", "compare.type", "[hrss.social"),
                arguments(
                        HRSS,
                        "type: string(50), level: 2, personal: general, mask: surname, return_mask: keep, origin: {copy_of: ga.household_population.full_name}",
                        "type: int, level: 2, origin: {copy_of: ga.household_population.full_name}",
                        "base.type",
                        null),
                arguments(HRSS, "mask: surname,", "mask: last4,", "base.mask", null));
    }

    static Stream<Arguments> items() {
        return Stream.of(
                arguments(
                        GA,
                        "type: citizen_id, level: 3",
                        "type: string(18), level: 3",
                        "identifier.type",
                        "string(18)"),
                arguments(SCJG, "type: credit_code", "type: string(18)", "identifier.type", "string(18)"),
                arguments(GA, "level: 2, personal: general, mask: drop", "level: 0, mask: drop", "level.range", "level: 0"),
                arguments(
                        GA,
                        "type: date, level: 2, personal: general, mask: year",
                        "type: date, level: 2, mask: phone3_4",
                        "mask.type",
                        "phone3_4"),
                arguments(
                        GA,
                        "type: string(50), level: 2, personal: general, mask: drop",
                        "type: varchar(50), level: 2, mask: drop",
                        "item.type",
                        "varchar"),
                arguments(GA, "source_name: cym", "source_name: xm", "item.column", "former_name"),
                arguments(GA, "  former_name: ", "  Former-Name: ", "id.form", "Former-Name"),
                arguments(GA, "mask: drop, origin: collected", "mask: drop", "origin.missing", "former_name"),
                arguments(
                        HRSS,
                        "origin: {copy_of: ga.household_population.full_name}",
                        "origin: collected",
                        "collect.repeat",
                        "full_name:"),
                arguments(HRSS, "as_of: last_paid_month", "as_of: employer_name", "as_of.type", "as_of"),
                arguments(
                        MZ,
                        "kind: person, item: wife_id_no",
                        "kind: organisation, item: wife_id_no",
                        "identifier.type",
                        null),
                arguments(GA, "subject: {kind: person, item: citizen_id}\n", "", "subject.missing", "dataset: h"));
    }

    static Stream<Arguments> assessments() {
        return Stream.of(
                arguments(
                        GA, "secrecy: {result: none,", "secrecy: {result: work_secret,", "secrecy.refused", "secrecy:"),
                arguments(
                        GA,
                        "personal_information: {result: acceptable,",
                        "personal_information: {result: not_applicable,",
                        "assessment.personal",
                        "personal_information:"),
                arguments(
                        GA,
                        "secrecy: {result: none, on: 2026-03-01, until: 2036-02-28}",
                        "secrecy: {result: none, on: 2024-03-01, until: 2026-02-28}",
                        "assessment.expired",
                        "secrecy:"),
                arguments(
                        GA,
                        "secrecy: {result: none, on: 2026-03-01",
                        "secrecy: {result: none, on: 1 March",
                        "value.date",
                        "1 March"));
    }

    static Stream<Arguments> registers() {
        return Stream.of(
                arguments("sources.yaml", "\"file:${secrets}/ga-db\"", "hunter2", "secret.clear", "hunter2"),
                arguments("sources.yaml", "engine: mariadb", "engine: orakel", "value.word", "orakel"),
                arguments("terms.yaml", "person: 2", "person: 0", "value.number", "person: 0"),
                arguments("terms.yaml", "P3Y", "P2Y", "terms.retention", "P2Y"),
                arguments("standards/hukou-status.yaml", "YN/hukou-status", "YN/hukou", "ref.standard", null),
                arguments("agencies.yaml", "yb: ", "ga: ", "yaml.duplicate-key", "医疗保障局"),
                arguments("agencies.yaml", "yb:   {name", "Yb:   {name", "id.form", "Yb"),
                arguments(
                        GA,
                        "dataset: household_population",
                        "dataset: population",
                        "dataset.path",
                        "dataset: population"),
                arguments(GA, "update: daily", "update: daily\nupdated: daily", "key.unknown", "updated"),
                arguments(GA, "format: PostgreSQL", "format: {a: b}", "value.shape", "format"),
                arguments(GA, "items:\n", "items: &a\n", "yaml.anchor", "items: &a"),
                arguments(GA, "  approved_by: 省公安厅首席数据官\n", "  approved_by: [a\n", "yaml.syntax", "items:"),
                arguments(GA, "provider: ga\n", "provider: mz\n", "dataset.path", null));
    }

    @ParameterizedTest(name = "{3}: {2}")
    @MethodSource({"art15", "classes", "references", "bases", "items", "assessments", "registers", "documents"})
    void oneMistakeIsOneProblemWhereItIs(String file, String find, String replace, String code, String line)
            throws IOException {
        // Given
        SampleProvince.copy(SampleProvince.DIRECTORY, directory);
        Path spoilt = directory.resolve(file);
        String sound = Files.readString(spoilt);
        int at = sound.indexOf(find);
        assertThat(at).as("the sample has %s", find).isNotNegative();
        Files.writeString(spoilt, sound.substring(0, at) + replace + sound.substring(at + find.length()));
        // When
        List<Problem> found = SampleProvince.problems(directory);
        // Then
        assertThat(found).extracting(Problem::code).contains(code);
        if (line != null) {
            int expected = lineOf(Files.readAllLines(spoilt), line);
            assertThat(found).hasSize(1);
            assertThat(found.getFirst().file()).isEqualTo(spoilt.toString());
            assertThat(found.getFirst().line()).isEqualTo(expected);
        }
    }

    private static int lineOf(List<String> lines, String text) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError("no line has " + text);
    }
}
