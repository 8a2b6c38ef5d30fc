package io.tongdao.ops.province;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's own reading of who is told apart: what differs from the issuer's row in the name, and in the birth date or the sex, says
 * nothing of the subject, nor does what has the name of such a row. Rulings are none of its business: the sample has none.
 */
final class IdentityRules {
    private final BasePlan base;
    private final BasePlan.Identity identity;
    private final BiFunction<Claimed, String, @Nullable String> said;
    /** What the rows in hand say of name, birth and sex. */
    private final Map<Claimed, Map<String, Optional<String>>> values = new IdentityHashMap<>();

    /** @param said what a row says of an item of the base database */
    IdentityRules(BasePlan base, BasePlan.Identity identity, BiFunction<Claimed, String, @Nullable String> said) {
        this.base = base;
        this.identity = identity;
        this.said = said;
    }

    List<Claimed> heard(List<Claimed> claims) {
        List<Claimed> telling = claims.stream()
                .filter(claim -> value(claim, identity.name()) != null)
                .filter(claim -> value(claim, identity.birth()) != null || value(claim, identity.sex()) != null)
                .sorted(Comparator.<Claimed>comparingInt(claim -> rank(claim.dataset()))
                        .thenComparing(Claimed::row))
                .toList();
        List<Claimed> issued = telling.stream()
                .filter(claim -> claim.dataset().equals(identity.issuer()))
                .toList();
        boolean nobody = !issued.isEmpty()
                && !issued.getFirst().row().isEmpty()
                && issued.stream().anyMatch(a -> issued.stream().anyMatch(b -> collide(a, b)));
        if (nobody) {
            return List.of();
        }
        Optional<Claimed> leader = telling.stream().findFirst();
        if (leader.isEmpty()) {
            return claims;
        }
        Claimed lead = leader.get();
        Set<String> others = new HashSet<>();
        telling.stream().filter(claim -> collide(lead, claim)).forEach(claim -> others.add(name(claim)));
        List<Claimed> heard = new ArrayList<>(claims);
        heard.removeIf(claim -> collide(lead, claim)
                || (value(claim, identity.name()) != null
                        && differ(lead, claim, identity.name())
                        && others.contains(name(claim))));
        return heard;
    }

    private String name(Claimed claim) {
        return String.valueOf(value(claim, identity.name()));
    }

    private boolean collide(Claimed a, Claimed b) {
        return differ(a, b, identity.name()) && (differ(a, b, identity.birth()) || differ(a, b, identity.sex()));
    }

    private boolean differ(Claimed a, Claimed b, String item) {
        String one = value(a, item);
        String other = value(b, item);
        return one != null && other != null && !one.equals(other);
    }

    private @Nullable String value(Claimed claim, String name) {
        return values.computeIfAbsent(claim, c -> new HashMap<>(4))
                .computeIfAbsent(name, item -> Optional.ofNullable(find(claim, item)))
                .orElse(null);
    }

    private @Nullable String find(Claimed claim, String name) {
        BaseItemPlan item = base.items().get(name);
        if (item == null
                || !(item.order().contains(claim.dataset()) || item.verify().contains(claim.dataset()))) {
            return null;
        }
        String value = said.apply(claim, name);
        if (value == null || (name.equals(identity.sex()) && identity.unknown().contains(value))) {
            return null;
        }
        return GoldenRules.compared(item.compare(), value);
    }

    private int rank(String dataset) {
        BaseItemPlan item = base.items().get(identity.name());
        return dataset.equals(identity.issuer()) || item == null
                ? -1
                : speakers(item).indexOf(dataset);
    }

    private static List<String> speakers(BaseItemPlan item) {
        return List.copyOf(new LinkedHashSet<>(
                Stream.concat(item.order().stream(), item.verify().stream()).toList()));
    }
}
