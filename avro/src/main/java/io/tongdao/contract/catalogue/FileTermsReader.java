package io.tongdao.contract.catalogue;

import io.tongdao.contract.plan.FilePlan;
import io.tongdao.contract.plan.FileTerms;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.Period;

/** Reads {@code files:} of {@code terms.yaml} and of a grant: what it leaves out is as a standard has it. */
final class FileTermsReader {
    private FileTermsReader() {}

    static FilePlan plan(Fields root) {
        Fields fields = root.optionalSection("files");
        FilePlan standard = FilePlan.DEFAULT;
        if (fields == null) {
            return standard;
        }
        FilePlan plan = new FilePlan(at(fields, standard.at()), terms(fields, standard.standard()));
        fields.end();
        return plan;
    }

    /** Leaves it to the caller to end the section. */
    static FileTerms terms(Fields fields, FileTerms standard) {
        return new FileTerms(
                fields.optionalWord("every", standard.every()),
                fields.optionalWord("format", standard.format()),
                fields.has("sealed") ? Typed.flag(fields, "sealed") : standard.sealed(),
                keep(fields, standard.keepDays()));
    }

    private static int keep(Fields fields, int standard) {
        String text = fields.optional("keep");
        try {
            Period period = text.isEmpty() ? Period.ofDays(standard) : Period.parse(text);
            if (period.toTotalMonths() == 0 && period.getDays() > 0 && period.getDays() <= FileTerms.LONGEST) {
                return period.getDays();
            }
        } catch (DateTimeException e) {
            // said below
        }
        fields.problem(
                fields.at("keep"),
                CheckCode.VALUE_PERIOD,
                "\"keep\" is no number of days up to " + FileTerms.LONGEST + ": write P7D");
        return standard;
    }

    private static LocalTime at(Fields fields, LocalTime standard) {
        String text = fields.optional("at");
        try {
            return text.isEmpty() ? standard : LocalTime.parse(text);
        } catch (DateTimeException e) {
            fields.problem(
                    fields.at("at"),
                    CheckCode.VALUE_DATE,
                    "\"at\" is no time of the day: write \"02:00\", by Asia/Shanghai");
            return standard;
        }
    }
}
