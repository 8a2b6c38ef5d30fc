package io.tongdao.ops.province;

import java.util.List;

/**
 * One thing that was verified.
 *
 * @param examples up to three of what is wrong: fingerprints and column names, values only where they were asked for
 */
public record Check(
        String name, long expected, long actual, long missing, long extra, long different, List<String> examples) {

    public Check {
        examples = List.copyOf(examples);
    }

    public boolean ok() {
        return missing == 0 && extra == 0 && different == 0 && expected == actual;
    }
}
