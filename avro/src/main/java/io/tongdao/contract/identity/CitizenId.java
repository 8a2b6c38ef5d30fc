package io.tongdao.contract.identity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A person's 18-character number: the citizen ID (公民身份号码, GB 11643), the residence permit of Hong Kong, Macao and Taiwan
 * residents (港澳台居民居住证, 810000, 820000, 830000), or the foreign permanent resident's card of 2023 (外国人永久居留身份证, 9…).
 * All have the check of ISO 7064 MOD 11-2 and do not collide, so they stand bare in keys. A 15-digit number of the first generation
 * becomes its 18-character form.
 *
 * <p>The address code is not looked up: a number keeps its code for life, and today's list lacks many. Whoever holds a list may warn:
 * {@code CitizenId.parse(text).warnUnless(id -> divisions.known(id.address()), ADDRESS_UNKNOWN)}.
 *
 * @param value normalised, 18 characters
 */
public record CitizenId(String value) {
    /** The warning about an address code that no list has. */
    public static final String ADDRESS_UNKNOWN = "id.address-unknown";

    private static final int LENGTH = 18;
    private static final int FIRST_GENERATION = 15;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";
    private static final int BIRTH = 6;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final LocalDate EARLIEST = LocalDate.of(1850, 1, 1);
    /** Sequences of the first generation that were given to people over a hundred. */
    private static final int CENTENARIANS = 996;

    /** As of today in China. */
    public static Parsed<CitizenId> parse(String text) {
        return parse(text, LocalDate.now(CHINA));
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
        if (!issued(full, id.length())) {
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

    /** Whether numbers that begin so exist; there were no cards of other people before the second generation. */
    private static boolean issued(String full, int written) {
        return switch (full.charAt(0)) {
            case '0' -> false;
            case '8' ->
                written == LENGTH && full.startsWith("0000", 2) && full.charAt(1) >= '1' && full.charAt(1) <= '3';
            case '9' -> written == LENGTH;
            default -> true;
        };
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

    /** Who is given such a number. */
    public enum Holder {
        CITIZEN,
        HONG_KONG_RESIDENT,
        MACAO_RESIDENT,
        TAIWAN_RESIDENT,
        FOREIGN_RESIDENT
    }

    public Holder holder() {
        return switch (value.charAt(0)) {
            case '9' -> Holder.FOREIGN_RESIDENT;
            case '8' ->
                switch (value.charAt(1)) {
                    case '1' -> Holder.HONG_KONG_RESIDENT;
                    case '2' -> Holder.MACAO_RESIDENT;
                    default -> Holder.TAIWAN_RESIDENT;
                };
            default -> Holder.CITIZEN;
        };
    }

    boolean hongKongMacaoTaiwan() {
        return value.charAt(0) == '8';
    }

    /** The six digits of where it was first given (GB/T 2260, in force then); of a foreign resident: province and nationality. */
    public String address() {
        return value.substring(0, BIRTH);
    }

    @Override
    public String toString() {
        return "CitizenId[***]";
    }
}
