package io.tongdao.contract.plan;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A data standard (art. 18), compiled: values of an item can be tested against the version in force.
 *
 * @param versions the oldest first, never empty
 */
public record StandardPlan(String id, String title, Kind kind, List<Version> versions) {
    private static final char AT = '@';

    /** A code table (代码集), or a closed set of formats (格式). */
    public enum Kind {
        CODES,
        FORMAT
    }

    /**
     * @param excerpt lists only part of the codes: one that is not listed is no error
     * @param codes code → meaning; empty for a format
     * @param formats a value has one of them; empty for a code table
     */
    public record Version(
            String version,
            LocalDate from,
            LocalDate until,
            boolean excerpt,
            Map<String, String> codes,
            List<Format> formats) {

        private Version during(LocalDate first, LocalDate last) {
            return new Version(version, first, last, excerpt, codes, formats);
        }

        /** Whether a value follows this version. */
        public boolean allows(String value) {
            return codes.isEmpty()
                    ? formats.stream().anyMatch(format -> format.matches(value))
                    : excerpt || codes.containsKey(value);
        }
    }

    /** The part of {@code id@version} before the {@code @}. */
    public static String idOf(String reference) {
        int at = reference.lastIndexOf(AT);
        return at < 0 ? reference : reference.substring(0, at);
    }

    /** The part after the {@code @}; empty: the version in force. */
    public static String versionOf(String reference) {
        int at = reference.lastIndexOf(AT);
        return at < 0 ? "" : reference.substring(at + 1);
    }

    /**
     * The version that an item's reference means on a day: the one it names, else the one in force.
     *
     * @return empty if there is none of that name, or none in force
     */
    public Optional<Version> version(String reference, LocalDate day) {
        String named = versionOf(reference);
        return versions.stream()
                .filter(version -> named.isEmpty()
                        ? !day.isBefore(version.from()) && !day.isAfter(version.until())
                        : version.version().equals(named))
                .findFirst();
    }

    /** The codes and formats of the version that a reference names; nothing if there is none of that name. */
    public List<Object> named(String reference) {
        return version(reference, LocalDate.MIN).stream()
                .<Object>flatMap(version -> Stream.of(version.excerpt(), version.codes(), version.formats()))
                .toList();
    }

    /** The same standard as one day has it for good: what is in force then, is; what is not, never. Versions that are named stay. */
    public StandardPlan on(LocalDate day) {
        Version then = version("", day).orElse(null);
        return new StandardPlan(
                id,
                title,
                kind,
                versions.stream()
                        .map(version -> version == then
                                ? version.during(LocalDate.MIN, LocalDate.MAX)
                                : version.during(LocalDate.MAX, LocalDate.MIN))
                        .toList());
    }

    /** One form that a value may have: a length in characters and a pattern, compiled once. */
    public static final class Format {
        private final String name;
        private final int length;
        private final Pattern pattern;

        /** @param length in characters, 0: any */
        public Format(String name, int length, Pattern pattern) {
            this.name = name;
            this.length = length;
            this.pattern = pattern;
        }

        public String name() {
            return name;
        }

        public int length() {
            return length;
        }

        public String pattern() {
            return pattern.pattern();
        }

        public boolean matches(String value) {
            return (length == 0 || value.codePointCount(0, value.length()) == length)
                    && pattern.matcher(value).matches();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Format that
                    && name.equals(that.name)
                    && length == that.length
                    && pattern().equals(that.pattern());
        }

        @Override
        public int hashCode() {
            return Objects.hash(name, length, pattern());
        }

        @Override
        public String toString() {
            return "Format[" + name + ", " + length + ", " + pattern() + ']';
        }
    }
}
