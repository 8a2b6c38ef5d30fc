package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Dataset.Citation;
import io.tongdao.contract.catalogue.Dataset.Share;
import org.jspecify.annotations.Nullable;

/** Why something is withheld, and what may be asked of it all the same (art. 31, 33). */
final class Grounds {
    private Grounds() {}

    static String withheld(Share share) {
        return join(share.reason(), citation(share.citation()));
    }

    static String verify(Share share) {
        String cited = citation(share.verify().citation());
        return switch (share.type()) {
            case UNCONDITIONAL, CONDITIONAL -> "";
            case WITHHELD -> join(share.verify().allowed() ? "允许" : "禁止", cited);
        };
    }

    /** The condition, reason and citation of an item's own class, in one line. */
    static String line(Share share) {
        return join(share.condition(), withheld(share));
    }

    private static String citation(@Nullable Citation citation) {
        return citation == null ? "" : Chinese.citation(citation.kind()) + citation;
    }

    private static String join(String first, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + "；" + second;
    }
}
