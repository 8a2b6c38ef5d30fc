package io.tongdao.reconcile;

import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.protect.Shield;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.runtime.Shields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes out of what all sources say of a subject what leaves no trace. One for each task. */
final class Veil {
    private final Shields shields;

    Veil(Shields shields) {
        this.shields = shields;
    }

    /** How much of a subject is hidden. */
    enum Hidden {
        NOTHING,
        /** Some rows: what they brought about goes without an entry. */
        SOME,
        /** Everything: nobody knows of the subject. */
        ALL
    }

    /** @param claims dataset → rows that may be heard */
    record Seen(Map<String, List<Claim>> claims, Hidden hidden) {}

    /** @return null: it is known already */
    @Nullable
    Protection take(byte @Nullable [] value) {
        return shields.take(value);
    }

    boolean hidesLink(String one, String other) {
        return shields.now().hidesLink(one, other);
    }

    Seen over(String subject, Map<String, List<Claim>> claims) {
        return over(shields.now(), subject, claims);
    }

    /** The same by protections that are not a task's. */
    static Seen over(Shield shield, String subject, Map<String, List<Claim>> claims) {
        if (shield.empty()) {
            return new Seen(claims, Hidden.NOTHING);
        }
        if (shield.hidesSubject(subject)) {
            return new Seen(Map.of(), Hidden.ALL);
        }
        Map<String, List<Claim>> seen = new LinkedHashMap<>();
        boolean some = false;
        for (Map.Entry<String, List<Claim>> entry : claims.entrySet()) {
            List<Claim> kept = new ArrayList<>(entry.getValue());
            some |= kept.removeIf(claim -> hides(shield, subject, claim));
            if (!kept.isEmpty()) {
                seen.put(entry.getKey(), kept);
            }
        }
        return some ? new Seen(seen, Hidden.SOME) : new Seen(claims, Hidden.NOTHING);
    }

    /** A claim that came from a former identifier is about both. */
    static boolean hides(Shield shield, String subject, Claim claim) {
        String about = claim.writtenAbout(subject);
        return shield.hides(claim.dataset(), about, claim.writtenRow(), claim.names())
                || (!about.equals(subject) && claim.names().stream().anyMatch(name -> shield.hidesLink(subject, name)));
    }
}
