package io.tongdao.reconcile.rule;

import io.tongdao.contract.dispute.IdentityRuling.Decision;
import io.tongdao.reconcile.rule.Identity.Apart;
import io.tongdao.reconcile.rule.Identity.Judged;
import io.tongdao.reconcile.rule.Identity.Ruled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of one subject, told apart; {@link Identity} says by what. */
final class IdentityCase {
    private final String issuer;
    private final ValueSets valueSets;
    private final String subject;
    private final Map<String, List<Claim>> claims;
    private final Map<String, Ruled> rulings;
    private final List<Traits> rows;

    /** @param rows in the order of leading */
    IdentityCase(
            String subject,
            Map<String, List<Claim>> claims,
            Map<String, Ruled> rulings,
            List<Traits> rows,
            String issuer,
            ValueSets valueSets) {
        this.subject = subject;
        this.claims = claims;
        this.rulings = rulings;
        this.rows = rows;
        this.issuer = issuer;
        this.valueSets = valueSets;
    }

    Judged judge() {
        List<Traits> issued = rows.stream()
                .filter(row -> row.claim().dataset().equals(issuer) && row.tells())
                .filter(row -> !ruled(row, own(row), Decision.DIFFERENT))
                .toList();
        if (issued.isEmpty()) {
            return rows.stream()
                    .filter(Traits::tells)
                    .findFirst()
                    .map(this::against)
                    .orElse(all());
        }
        if (!contested(issued)) {
            return against(issued.getFirst());
        }
        return issued.stream()
                .filter(row -> ruled(row, own(row), Decision.SAME))
                .findFirst()
                .map(this::against)
                .orElseGet(() -> nobody(issued));
    }

    private Judged all() {
        return new Judged(claims, List.of());
    }

    private static boolean contested(List<Traits> issued) {
        return !issued.getFirst().claim().row().isEmpty()
                && issued.stream().anyMatch(a -> issued.stream().anyMatch(a::collides));
    }

    private Judged nobody(List<Traits> issued) {
        return new Judged(
                Map.of(),
                issued.stream()
                        .map(row -> new Apart(row.claim(), "", own(row), false))
                        .toList());
    }

    private Judged against(Traits lead) {
        Map<String, Apart> apart = new LinkedHashMap<>();
        rows.forEach(row -> setAside(lead, row, lead.collides(row), apart));
        if (apart.isEmpty()) {
            return all();
        }
        Set<String> names = new HashSet<>();
        rows.stream()
                .filter(row -> apart.containsKey(Identity.rowOf(row.claim())))
                .forEach(row -> names.add(row.name()));
        rows.forEach(row -> setAside(lead, row, lead.namedOtherwise(row) && names.contains(row.name()), apart));
        return new Judged(without(apart.keySet()), List.copyOf(apart.values()));
    }

    private void setAside(Traits lead, Traits row, boolean differs, Map<String, Apart> apart) {
        String key = Identity.rowOf(row.claim());
        if (!differs || apart.containsKey(key)) {
            return;
        }
        String compared = compared(lead, row);
        if (!ruled(row, compared, Decision.SAME)) {
            boolean settled = ruled(row, compared, Decision.DIFFERENT) || ruled(row, own(row), Decision.DIFFERENT);
            apart.put(key, new Apart(row.claim(), lead.claim().dataset(), compared, settled));
        }
    }

    private Map<String, List<Claim>> without(Set<String> apart) {
        Map<String, List<Claim>> together = new LinkedHashMap<>();
        claims.forEach((dataset, said) -> {
            List<Claim> kept = new ArrayList<>(said);
            kept.removeIf(claim -> apart.contains(Identity.rowOf(claim)));
            if (!kept.isEmpty()) {
                together.put(dataset, kept);
            }
        });
        return together;
    }

    private boolean ruled(Traits row, String compared, Decision decision) {
        Ruled ruled = rulings.get(Identity.rowOf(row.claim()));
        return ruled != null && ruled.decision() == decision && ruled.compared().equals(compared);
    }

    private String own(Traits row) {
        SortedMap<String, String> values = new TreeMap<>();
        row.addTo(values, "row ");
        return valueSets.name(subject, "", "identity", values);
    }

    private String compared(Traits lead, Traits row) {
        SortedMap<String, String> values = new TreeMap<>();
        lead.addTo(values, "lead ");
        row.addTo(values, "row ");
        return valueSets.name(subject, "", "identity", values);
    }
}
