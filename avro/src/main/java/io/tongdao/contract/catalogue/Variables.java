package io.tongdao.contract.catalogue;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for {@code ${name}} in {@code sources.yaml}: addresses that are known only at run time.
 *
 * @param values name → value
 * @param required whether every name must have a value; a mere check leaves them open
 */
record Variables(Map<String, String> values, boolean required) {
    private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z0-9._-]+)}");

    String text(Fields fields, String key) {
        return NAME.matcher(fields.text(key))
                .replaceAll(match -> Matcher.quoteReplacement(value(fields, key, match.group(1))));
    }

    private String value(Fields fields, String key, String name) {
        String value = values.get(name);
        if (value == null && required) {
            fields.problem(
                    fields.at(key),
                    CheckCode.VARIABLE_UNKNOWN,
                    "nothing is given for ${" + name + "}"
                            + Nearest.hint(name, new java.util.TreeSet<>(values.keySet())));
        }
        return value == null ? "${" + name + "}" : value;
    }

    /** Whether a text still has a placeholder. */
    boolean open(String text) {
        return NAME.matcher(text).find();
    }
}
