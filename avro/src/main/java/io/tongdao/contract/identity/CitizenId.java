package io.tongdao.contract.identity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A person's 18-character number: the citizen ID (公民身份号码, GB 11643), the residence permit of Hong Kong, Macao and Taiwan
 * residents (81, 82, 83), or the foreign permanent resident's card of 2023 (9…). All have the check of ISO 7064 MOD 11-2 and do not
 * collide, so they stand bare in keys. A 15-digit number of the first generation becomes its 18-character form.
 *
 * <p>The address code is not looked up: a number keeps its code for life.
 *
 * @param value normalised, 18 characters
 */
public record CitizenId(String value) {
    private static final int LENGTH = 18;
    private static final int FIRST_GENERATION = 15;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final int BIRTH = 6;
    private static final LocalDate EARLIEST = LocalDate.of(1850, 1, 1);
    /** Sequences of the first generation that were given to people over a hundred. */
    private static final int CENTENARIANS = 996;

    /** As of today in China. */
    public static Parsed<CitizenId> parse(String text) {
        return parse(text, LocalDate.now(ZoneId.of("Asia/Shanghai")));
    }

    /** @param today a birth date after it is refused */
    public static Parsed<CitizenId> parse(String text, LocalDate today) {
        String id = IdentifierText.normalise(text);
        if (id.isEmpty()) {
            return Parsed.invalid("id.empty");
        }
        if (id.length() != LENGTH && id.length() != FIRST_GENERATION) {
            return Parsed.invalid("id.length");
        }
        if (!IdentifierText.digits(id, 0, Math.min(id.length(), LENGTH - 1))) {
            return Parsed.invalid("id.character");
        }
        String full = id.length() == LENGTH ? id : extend(id);
        if (full.charAt(0) == '0') {
            return Parsed.invalid("id.prefix");
        }
        if (check(full) != full.charAt(LENGTH - 1)) {
            return Parsed.invalid("id.check-digit");
        }
        return born(full, today) ? Parsed.valid(new CitizenId(full)) : Parsed.invalid("id.birth-date");
    }

    /** Whether a text is in stored form already: what {@link #parse} would give back unchanged. */
    public static boolean isExact(String text) {
        return parse(text) instanceof Parsed.Valid<CitizenId> valid
                && valid.value().value().equals(text);
    }

    private static String extend(String firstGeneration) {
        int sequence = Integer.parseInt(firstGeneration.substring(12));
        String century = sequence >= CENTENARIANS ? "18" : "19";
        String body = firstGeneration.substring(0, BIRTH) + century + firstGeneration.substring(BIRTH);
        return body + check(body);
    }

    private static char check(String id) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (id.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % CHECKS.length());
    }

    private static boolean born(String id, LocalDate today) {
        try {
            LocalDate birth = birthDate(id);
            return !birth.isBefore(EARLIEST) && !birth.isAfter(today);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static LocalDate birthDate(String id) {
        return LocalDate.of(
                Integer.parseInt(id.substring(6, 10)),
                Integer.parseInt(id.substring(10, 12)),
                Integer.parseInt(id.substring(12, 14)));
    }

    public LocalDate birthDate() {
        return birthDate(value);
    }

    @Override
    public String toString() {
        return "CitizenId[***]";
    }
}
