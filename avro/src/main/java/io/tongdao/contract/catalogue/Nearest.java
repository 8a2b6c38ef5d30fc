package io.tongdao.contract.catalogue;

import java.util.Collection;
import java.util.Optional;

/** Finds the known word that a misspelt one was meant to be. */
public final class Nearest {
    private static final int SHORT = 4;

    private Nearest() {}

    public static Optional<String> to(String word, Collection<String> known) {
        int allowed = word.length() < SHORT ? 1 : Math.max(2, word.length() / 3);
        String best = null;
        int least = allowed + 1;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code ; did you mean "x"?}, or what there is to choose from. */
    static String hint(String word, Collection<String> known) {
        return to(word, known)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse(known.isEmpty() ? "" : "; known: " + String.join(", ", known));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
