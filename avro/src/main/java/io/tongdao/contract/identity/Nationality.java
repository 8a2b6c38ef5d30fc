package io.tongdao.contract.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A country as agencies write it (GB/T 2659, ISO 3166: two letters, three letters or three digits), in the one form of keys: three letters. */
public final class Nationality {
    private static final Map<String, String> TO_ALPHA3 = read();
    private static final Set<String> ALPHA3 = Set.copyOf(TO_ALPHA3.values());

    private Nationality() {}

    /** Three letters of ISO 3166. */
    public static Parsed<String> parse(String text) {
        String country = IdentifierText.normalise(text);
        if (country.isEmpty()) {
            return Parsed.invalid("nationality.empty");
        }
        String alpha3 = isAlpha3(country) ? country : TO_ALPHA3.get(country);
        return alpha3 == null ? Parsed.invalid("nationality.unknown") : Parsed.valid(alpha3);
    }

    static boolean isAlpha3(String text) {
        return ALPHA3.contains(text);
    }

    private static Map<String, String> read() {
        Map<String, String> countries = new HashMap<>();
        try (InputStream in = Nationality.class.getResourceAsStream("iso-3166.csv")) {
            String text = new String(Objects.requireNonNull(in, "iso-3166.csv").readAllBytes(), StandardCharsets.UTF_8);
            text.lines().skip(1).map(line -> line.split(",", -1)).forEach(cells -> {
                countries.put(cells[0], cells[1]);
                countries.put(cells[2], cells[1]);
            });
        } catch (IOException e) {
            throw new UncheckedIOException("iso-3166.csv can't be read", e);
        }
        return countries;
    }
}
