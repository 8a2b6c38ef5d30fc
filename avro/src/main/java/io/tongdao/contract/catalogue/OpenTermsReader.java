package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.OpenTerms;
import java.util.regex.Pattern;

/** Reads {@code open:} of {@code terms.yaml}. */
final class OpenTermsReader {
    private static final Pattern GROUP = Pattern.compile("[2-9]|[1-9]\\d{1,3}");
    private static final Pattern VALUES = Pattern.compile("[1-9]\\d?");
    private static final Pattern SHARE = Pattern.compile("\\d{1,2}%");

    private OpenTermsReader() {}

    static OpenTerms read(Fields root) {
        Fields fields = root.optionalSection("open");
        OpenTerms standard = OpenTerms.DEFAULT;
        if (fields == null) {
            return standard;
        }
        OpenTerms terms = new OpenTerms(
                Typed.number(fields, "k_conditional", GROUP, "write a number from 2 on")
                        .orElse(standard.kConditional()),
                Typed.number(fields, "k_unconditional", GROUP, "write a number from 2 on")
                        .orElse(standard.kUnconditional()),
                Typed.number(fields, "l", VALUES, "write a number from 1 to 99").orElse(standard.l()),
                suppress(fields, standard));
        if (terms.kUnconditional() < terms.kConditional()) {
            fields.problem(
                    fields.at("k_unconditional"),
                    CheckCode.TERMS_OPEN,
                    "what everybody can read needs no smaller groups than what is read under conditions: write"
                            + " k_unconditional: " + terms.kConditional() + " or more");
        }
        fields.end();
        return terms;
    }

    private static int suppress(Fields fields, OpenTerms standard) {
        fields.form("suppress_at_most", SHARE);
        String text = fields.optional("suppress_at_most");
        if (SHARE.matcher(text).matches()) {
            return Integer.parseInt(text.substring(0, text.length() - 1));
        }
        if (!text.isEmpty()) {
            fields.problem(
                    fields.at("suppress_at_most"),
                    CheckCode.VALUE_NUMBER,
                    "\"suppress_at_most\" can't be \"" + text + "\": write a whole number of per cent, 5%");
        }
        return standard.suppressPercent();
    }
}
