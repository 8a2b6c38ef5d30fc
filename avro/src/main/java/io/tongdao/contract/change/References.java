package io.tongdao.contract.change;

import io.tongdao.contract.change.GrantEffect.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the one who applies a change gives with it.
 *
 * @param confirmed what is confirmed by name
 * @param consultation the record of the consultation with the consumers whose grants are narrowed or cut (art. 36), or empty
 * @param filing the number under which that is filed with the authority, or empty
 */
public record References(Set<Confirmation> confirmed, String consultation, String filing) {
    public static final References NONE = new References(Set.of(), "", "");

    public References {
        confirmed = confirmed.isEmpty() ? Set.of() : EnumSet.copyOf(confirmed);
    }

    /** What still stands against applying a change: refusals, and what it needs and is not given. Empty: nothing. */
    public List<String> missing(PlanDiff diff) {
        List<String> missing = new ArrayList<>();
        diff.refusals().forEach(change -> missing.add(change.subject() + ": " + change.text()));
        Set<Confirmation> needed = diff.confirmations();
        needed.removeAll(confirmed);
        if (!needed.isEmpty()) {
            missing.add("to be confirmed with --confirm "
                    + needed.stream().map(Confirmation::word).collect(Collectors.joining(",")));
        }
        String restricted = diff.grants().stream()
                .filter(GrantEffect::restricts)
                .map(effect -> effect.grant().id() + (effect.kind() == Kind.NARROWED ? " (narrowed)" : " (cut)"))
                .collect(Collectors.joining(", "));
        if (!restricted.isEmpty() && (consultation.isBlank() || filing.isBlank())) {
            missing.add("running grants are restricted: " + restricted
                    + ". A service is not stopped without notice and filing (art. 36): give --consultation REF"
                    + " and --filing REF");
        }
        return missing;
    }
}
