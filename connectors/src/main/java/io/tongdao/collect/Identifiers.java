package io.tongdao.collect;

import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.ItemType;
import java.util.Locale;

/** Stand-in until contract.identity.Identifier is on main. */
final class Identifiers {
    private Identifiers() {}

    static Parsed<String> parse(ItemType type, String text) {
        String id = text.strip().toUpperCase(Locale.ROOT);
        if (id.length() != 18) {
            return Parsed.invalid("id.length");
        }
        if (type instanceof ItemType.CitizenIdType) {
            int sum = 0;
            int[] w = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
            for (int i = 0; i < 17; i++) {
                int digit = id.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return Parsed.invalid("id.format");
                }
                sum += digit * w[i];
            }
            return "10X98765432".charAt(sum % 11) == id.charAt(17) ? Parsed.valid(id) : Parsed.invalid("id.check-digit");
        }
        return Parsed.valid(id);
    }

    static String subject(ItemType type, String normalised) {
        return SubjectKey.escape(normalised);
    }
}
