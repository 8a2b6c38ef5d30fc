package io.tongdao.ops.province;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An enterprise as it is.
 *
 * @param index from 0
 * @param code the right credit code
 * @param written the code as the register has it, null where it is missing; differs from {@code code} where something is planted
 * @param representative who signs for it; known to the police without blemish
 */
record Enterprise(
        int index, County county, String code, @Nullable String written, String name, Person representative) {
    /** Whether what the register has comes to the right code. */
    boolean sound() {
        return written != null
                && Normalizer.normalize(written, Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .equals(code);
    }

    @Override
    public String toString() {
        return "Enterprise[" + index + "]";
    }
}
