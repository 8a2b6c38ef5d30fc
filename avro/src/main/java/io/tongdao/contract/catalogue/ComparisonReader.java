package io.tongdao.contract.catalogue;

import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.BasePlan.Comparison.Level;
import io.tongdao.contract.plan.BasePlan.Comparison.Precision;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads how the values of a golden item are compared: {@code compare} with what belongs to it. */
final class ComparisonReader {
    private static final Pattern TOLERANCE = Pattern.compile("\\d{1,18}(\\.\\d{1,9})?%?");

    private ComparisonReader() {}

    /** The words of {@code compare}. */
    private enum Word {
        EXACT,
        HAN_NAME,
        DATE,
        DIVISION,
        CODE,
        ORGANISATION_NAME,
        NUMBER,
        ADDRESS;

        private static final Map<String, Set<Word>> OWN =
                Map.of("precision", Set.of(DATE), "to", Set.of(DIVISION, ADDRESS), "tolerance", Set.of(NUMBER));

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Comparison read(Fields fields) {
        Word word = fields.optionalWord("compare", Word.EXACT);
        Precision precision = fields.optionalWord("precision", Precision.DAY);
        Level to = fields.optionalWord("to", Level.WHOLE);
        String tolerance = fields.optional("tolerance");
        Word.OWN.forEach((key, words) -> {
            if (!words.contains(word) && fields.has(key)) {
                fields.problem(
                        fields.at(key),
                        CheckCode.COMPARE_TYPE,
                        "\"" + key + "\" has no meaning with compare: " + word.word() + ": take it out");
            }
        });
        return switch (word) {
            case EXACT -> Comparison.EXACT;
            case HAN_NAME -> Comparison.HAN_NAME;
            case ORGANISATION_NAME -> Comparison.ORGANISATION_NAME;
            case DATE -> new Comparison.Day(precision);
            case DIVISION -> new Comparison.Territory(to);
            case ADDRESS -> new Comparison.Address(to);
            case CODE -> Comparison.CODE;
            case NUMBER -> number(fields, tolerance);
        };
    }

    /** {@code 0.01}: at most so much; {@code 1%}: at most that share of the greater value. */
    private static Comparison number(Fields fields, String tolerance) {
        if (!tolerance.isEmpty() && !TOLERANCE.matcher(tolerance).matches()) {
            fields.problem(
                    fields.at("tolerance"),
                    CheckCode.VALUE_NUMBER,
                    "\"tolerance\" of " + fields.what() + " can't be \"" + tolerance
                            + "\": write a number as 0.01, or a share as 1%");
        } else if (tolerance.endsWith("%")) {
            BigDecimal share = new BigDecimal(tolerance.substring(0, tolerance.length() - 1)).movePointLeft(2);
            return new Comparison.Number(BigDecimal.ZERO, share);
        } else if (!tolerance.isEmpty()) {
            return new Comparison.Number(new BigDecimal(tolerance), BigDecimal.ZERO);
        }
        return new Comparison.Number(BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** How a comparison is written. */
    static String word(Comparison comparison) {
        Word word = switch (comparison) {
            case Comparison.Exact c -> Word.EXACT;
            case Comparison.HanName c -> Word.HAN_NAME;
            case Comparison.OrganisationName c -> Word.ORGANISATION_NAME;
            case Comparison.Day c -> Word.DATE;
            case Comparison.Territory c -> Word.DIVISION;
            case Comparison.Address c -> Word.ADDRESS;
            case Comparison.Code c -> Word.CODE;
            case Comparison.Number c -> Word.NUMBER;
        };
        return word.name().toLowerCase(Locale.ROOT);
    }
}
