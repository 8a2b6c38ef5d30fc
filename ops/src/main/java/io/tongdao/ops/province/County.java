package io.tongdao.ops.province;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One of Yunnan's 129 counties.
 *
 * @param code GB/T 2260, in force
 * @param earlier the code that it had before, or empty; people keep it in their numbers for life
 * @param changed the year from which the code in force was given out, or 0
 */
record County(String code, String name, String prefecture, String earlier, int changed) {
    static final List<County> ALL = read();
    private static final Map<String, String> CURRENT = ALL.stream()
            .filter(county -> !county.earlier.isEmpty())
            .collect(Collectors.toMap(County::earlier, County::code, (first, second) -> first));

    /** The code that a number given to somebody born in {@code year} begins with. */
    String codeIn(int year) {
        return year < changed ? earlier : code;
    }

    /** 昆明市五华区. */
    String fullName() {
        return prefecture + name;
    }

    static County of(String code) {
        return ALL.stream().filter(c -> c.code.equals(code)).findFirst().orElseThrow();
    }

    /** The code in force for one that may have been given up. */
    static String current(String code) {
        return CURRENT.getOrDefault(code, code);
    }

    private static List<County> read() {
        try (InputStream in = County.class.getResourceAsStream("/province/counties.csv")) {
            if (in == null) {
                throw new IllegalStateException("province/counties.csv is not on the class path");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .map(f -> new County(f[0], f[1], f[2], f[3], f[4].isEmpty() ? 0 : Integer.parseInt(f[4])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
