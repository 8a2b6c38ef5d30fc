package io.tongdao.contract.catalogue;

import java.time.DateTimeException;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code rules:} of a dataset. */
final class RulesReader {
    private RulesReader() {}

    static Rules read(Fields root) {
        Fields fields = root.optionalSection("rules");
        if (fields == null) {
            return Rules.NONE;
        }
        Rules rules = new Rules(fields.refs("required"), fields.refs("unique"), timely(fields), checks(fields));
        fields.end();
        return rules;
    }

    private static Map<Ref, Period> timely(Fields fields) {
        Map<Ref, Period> timely = new LinkedHashMap<>();
        Fields section = fields.optionalSection("timely");
        if (section != null) {
            section.texts().forEach((item, term) -> timely.put(new Ref(item, term.at()), period(section, item, term)));
            section.end();
        }
        return timely;
    }

    private static Period period(Fields section, String item, Ref term) {
        try {
            Period period = Period.parse(term.id());
            if (!period.isNegative() && !period.isZero()) {
                return period;
            }
        } catch (DateTimeException e) {
            // Said below, as for a period of no length.
        }
        if (!term.blank()) {
            section.problem(
                    term.at(),
                    CheckCode.VALUE_PERIOD,
                    "\"" + item + "\" is no term: write P30D for thirty days, or P6M");
        }
        return Period.ofDays(1);
    }

    private static Map<String, Rules.Condition> checks(Fields fields) {
        Map<String, Rules.Condition> checks = new LinkedHashMap<>();
        Fields section = fields.optionalSection("checks");
        if (section != null) {
            for (Fields check : section.named("check")) {
                String name = check.checked("", check.name(), Ids.SNAKE);
                String label = check.text("label");
                Ref holds = check.ref("holds");
                checks.put(name, new Rules.Condition(check.at(), label, holds));
                check.end();
            }
        }
        return checks;
    }
}
