package io.tongdao.contract.change;

import io.tongdao.contract.grant.Grant;
import java.util.List;
import java.util.Optional;

/**
 * What a change of the catalogue does to a grant that flows (art. 36).
 *
 * @param narrowed for {@link Kind#NARROWED} what is left of it, still as it stands otherwise
 * @param reasons why, never empty
 */
public record GrantEffect(Grant grant, Kind kind, Optional<Grant> narrowed, List<String> reasons) {
    /** What becomes of it. */
    public enum Kind {
        /** It releases the same, in a new epoch with a topic of its own. */
        RENEWED,
        /** It releases less, in a new epoch with a topic of its own. */
        NARROWED,
        /** It is cut off and can't flow as it is; the authority ends it, or another one is filed. */
        SUSPENDED,
        /** It is over: its table or its consumer is gone. */
        ENDED
    }

    /** Whether the provider must have consulted the consumer and filed it with the authority. */
    public boolean restricts() {
        return kind != Kind.RENEWED;
    }

    public String text() {
        String why = String.join("; ", reasons);
        return switch (kind) {
            case RENEWED -> "gets a new epoch, filled from the beginning: " + why;
            case NARROWED -> "releases less, in a new epoch filled from the beginning: " + why;
            case SUSPENDED ->
                "is suspended, since it can't flow like this: " + why
                        + ". End it, or file what is left of it under a new id";
            case ENDED -> "ends: " + why;
        };
    }
}
