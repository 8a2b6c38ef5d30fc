package io.tongdao.contract.catalogue;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Reads the text of a key as a word, a day or a number, and says what is wrong with it. */
final class Typed {
    private static final Map<Class<?>, Map<String, ?>> WORDS = new ConcurrentHashMap<>();

    private Typed() {}

    /** The word of a closed set that {@code value} is; the stand-in after a problem. */
    static <E extends Enum<E>> E word(Fields fields, String key, String value, E standIn) {
        Class<E> type = standIn.getDeclaringClass();
        Map<String, ?> words = WORDS.computeIfAbsent(type, Typed::words);
        Object found = words.get(value);
        if (found == null) {
            fields.problem(
                    fields.at(key),
                    CheckCode.VALUE_WORD,
                    "\"" + key + "\" of " + fields.what() + " can't be \"" + value + "\""
                            + Nearest.hint(value, words.keySet()));
        }
        return found == null ? standIn : type.cast(found);
    }

    private static Map<String, ?> words(Class<?> type) {
        Map<String, Object> words = new LinkedHashMap<>();
        for (Object word : type.getEnumConstants()) {
            words.put(((Enum<?>) word).name().toLowerCase(Locale.ROOT), word);
        }
        return words;
    }

    static boolean flag(Fields fields, String key) {
        return fields.optionalWord(key, YesNo.FALSE) == YesNo.TRUE;
    }

    private enum YesNo {
        TRUE,
        FALSE
    }

    /** A day that must be there; the stand-in after a problem. */
    static LocalDate date(Fields fields, String key, LocalDate standIn) {
        return fields.text(key).isEmpty() ? standIn : optionalDate(fields, key, standIn);
    }

    static LocalDate optionalDate(Fields fields, String key, LocalDate standIn) {
        String text = fields.optional(key);
        try {
            return text.isEmpty() ? standIn : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            fields.problem(fields.at(key), CheckCode.VALUE_DATE, "\"" + key + "\" is no date: write yyyy-MM-dd");
            return standIn;
        }
    }

    /** A whole number of a form; empty if it is not there, or after a problem. */
    static Optional<Integer> number(Fields fields, String key, Pattern form, String rule) {
        fields.form(key, form);
        String text = fields.optional(key);
        if (text.isEmpty() || form.matcher(text).matches()) {
            return text.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(text));
        }
        fields.problem(fields.at(key), CheckCode.VALUE_NUMBER, "\"" + key + "\" can't be \"" + text + "\": " + rule);
        return Optional.empty();
    }
}
