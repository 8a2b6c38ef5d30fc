package io.tongdao.contract.catalogue;

import io.tongdao.contract.plan.VerifyPlan;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads {@code verify:} of {@code terms.yaml}. */
final class VerifyTermsReader {
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,5}");
    private static final String FORM = "write a number from 1 to 999999";

    private VerifyTermsReader() {}

    static VerifyPlan read(Fields root) {
        Fields fields = root.optionalSection("verify");
        VerifyPlan standard = VerifyPlan.DEFAULT;
        if (fields == null) {
            return standard;
        }
        VerifyPlan terms = new VerifyPlan(
                window(fields, standard.window()),
                count(fields, "attempts", standard.attempts()),
                count(fields, "unknown_subjects", standard.unknown()),
                count(fields, "differing_values", standard.differing()),
                count(fields, "batch", standard.batch()),
                standard.sensitive());
        fields.end();
        return terms;
    }

    private static int count(Fields fields, String key, int standard) {
        return Typed.number(fields, key, COUNT, FORM).orElse(standard);
    }

    private static Duration window(Fields fields, Duration standard) {
        String text = fields.optional("window");
        try {
            Duration window = text.isEmpty() ? standard : Duration.parse(text);
            if (window.compareTo(Duration.ofMinutes(1)) >= 0) {
                return window;
            }
        } catch (DateTimeException e) {
            // said below
        }
        fields.problem(
                fields.at("window"),
                CheckCode.VALUE_PERIOD,
                "\"window\" is no time of a minute or more: write P1D or PT12H");
        return standard;
    }
}
