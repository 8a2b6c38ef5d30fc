package io.tongdao.reconcile.rule;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the datasets say of one subject: of several rows of a dataset that have a value, the first by {@link Rank} speaks.
 */
final class Spoken {
    private final Map<String, List<Claim>> claims;

    /** @param claims dataset → its rows; sorted in place */
    Spoken(Map<String, List<Claim>> claims) {
        this.claims = claims;
        for (List<Claim> rows : claims.values()) {
            if (rows.size() > 1) {
                rows.sort(Rank::compare);
            }
        }
    }

    /** The row that speaks for its dataset in an item: it has a value, or takes the item back. */
    @Nullable
    Claim by(String dataset, String item) {
        List<Claim> rows = claims.get(dataset);
        if (rows != null) {
            for (int i = 0; i < rows.size(); i++) {
                if (rows.get(i).items().containsKey(item)) {
                    return rows.get(i);
                }
            }
        }
        return null;
    }

    /** The newest word of any of the datasets about the subject, whatever it is about; unknown if none says when. */
    long newest(List<String> datasets) {
        long newest = EventTime.UNKNOWN;
        for (int i = 0; i < datasets.size(); i++) {
            List<Claim> rows = claims.get(datasets.get(i));
            if (rows != null && !rows.isEmpty()) {
                newest = Math.max(newest, EventTime.of(rows.getFirst().asOf()));
            }
        }
        return newest;
    }
}
