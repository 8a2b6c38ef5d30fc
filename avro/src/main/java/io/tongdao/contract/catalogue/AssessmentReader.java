package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Assessment;
import io.tongdao.contract.catalogue.Dataset.Assessments;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Reads what was assessed before a dataset was catalogued (保密审查, 个人信息保护影响评估), by whom agreed and for how long. */
final class AssessmentReader {
    private AssessmentReader() {}

    static Assessments read(Fields root) {
        Fields fields = root.section(
                "assessments",
                "assessment.missing",
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
                "assessment.missing",
                "assessments lack \"" + key + "\": add {result: …, on: yyyy-MM-dd, until: yyyy-MM-dd}");
        if (fields == null) {
            return new Assessment(parent.at(), "", LocalDate.MAX, LocalDate.MAX);
        }
        Assessment assessment =
                new Assessment(fields.at(), fields.text("result"), date(fields, "on"), date(fields, "until"));
        fields.end();
        return assessment;
    }

    private static LocalDate date(Fields fields, String key) {
        String text = fields.text(key);
        try {
            return text.isEmpty() ? LocalDate.MAX : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            fields.problem(fields.at(key), "value.date", "\"" + key + "\" is no date: write yyyy-MM-dd");
            return LocalDate.MAX;
        }
    }
}
