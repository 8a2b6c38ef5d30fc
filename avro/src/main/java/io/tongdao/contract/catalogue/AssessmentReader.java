package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Assessment;
import io.tongdao.contract.catalogue.Dataset.Assessments;
import java.time.LocalDate;

/** Reads what was assessed before a dataset was catalogued (保密审查, 个人信息保护影响评估), by whom agreed and for how long. */
final class AssessmentReader {
    private AssessmentReader() {}

    static Assessments read(Fields root) {
        Fields fields = root.section(
                "assessments",
                CheckCode.ASSESSMENT_MISSING,
                "dataset lacks \"assessments\" (保密审查, 个人信息保护影响评估): add secrecy, personal_information, approved_by");
        if (fields == null) {
            Assessment none = new Assessment(root.at(), "", LocalDate.MAX, LocalDate.MAX);
            return new Assessments(none, none, "");
        }
        Assessments assessments = new Assessments(
                assessment(fields, "secrecy"), assessment(fields, "personal_information"), fields.text("approved_by"));
        fields.end();
        return assessments;
    }

    private static Assessment assessment(Fields parent, String key) {
        Fields fields = parent.section(
                key,
                CheckCode.ASSESSMENT_MISSING,
                "assessments lack \"" + key + "\": add {result: …, on: yyyy-MM-dd, until: yyyy-MM-dd}");
        return fields == null ? new Assessment(parent.at(), "", LocalDate.MAX, LocalDate.MAX) : one(fields);
    }

    /** {@code {result: …, on: …, until: …}}. */
    static Assessment one(Fields fields) {
        Assessment assessment = new Assessment(
                fields.at(),
                fields.text("result"),
                Typed.date(fields, "on", LocalDate.MAX),
                Typed.date(fields, "until", LocalDate.MAX));
        fields.end();
        return assessment;
    }
}
