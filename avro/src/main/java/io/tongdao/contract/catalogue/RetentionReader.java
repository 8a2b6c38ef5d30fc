package io.tongdao.contract.catalogue;

import io.tongdao.contract.plan.Plan;
import java.time.DateTimeException;
import java.time.Period;

/** Reads {@code retention:} of {@code terms.yaml}. */
final class RetentionReader {
    static final Period SHORTEST_USE_RECORDS = Period.ofYears(3);
    private static final int MOST_DAYS = 366;

    private RetentionReader() {}

    /**
     * What is kept how long.
     *
     * @param useRecords records of use (art. 35)
     * @param days of how many days tables remember how they stood at their end; 0: none
     */
    record Retention(Period useRecords, int days) {}

    static Retention read(Fields root) {
        Fields retention = root.section(
                "retention", CheckCode.KEY_MISSING, "terms lack \"retention\": write {use_records: P3Y} (art. 35)");
        if (retention == null) {
            return new Retention(SHORTEST_USE_RECORDS, Plan.KEPT_DAYS);
        }
        Retention read = new Retention(useRecords(retention), days(retention));
        retention.end();
        return read;
    }

    private static Period useRecords(Fields retention) {
        Period period = SHORTEST_USE_RECORDS;
        String text = retention.text("use_records");
        try {
            period = text.isEmpty() ? period : Period.parse(text);
        } catch (DateTimeException e) {
            retention.problem(
                    retention.at("use_records"), CheckCode.VALUE_PERIOD, "\"use_records\" is no period: write P3Y");
        }
        if (period.toTotalMonths() < SHORTEST_USE_RECORDS.toTotalMonths()) {
            retention.problem(
                    retention.at("use_records"),
                    CheckCode.TERMS_RETENTION,
                    "records of use are kept at least 3 years (art. 35): write P3Y");
        }
        return period;
    }

    private static int days(Fields retention) {
        String text = retention.optional("days");
        try {
            Period period = text.isEmpty() ? Period.ofDays(Plan.KEPT_DAYS) : Period.parse(text);
            if (period.toTotalMonths() == 0 && period.getDays() >= 0 && period.getDays() <= MOST_DAYS) {
                return period.getDays();
            }
        } catch (DateTimeException e) {
            // said below
        }
        retention.problem(
                retention.at("days"),
                CheckCode.VALUE_PERIOD,
                "\"days\" is no number of days from 0 to " + MOST_DAYS + ": write P30D");
        return Plan.KEPT_DAYS;
    }
}
