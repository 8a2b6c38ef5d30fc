package io.tongdao.reconcile.rule;

import io.tongdao.contract.dispute.IdentityRuling.Decision;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Divisions;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells rows under one number apart that are about two subjects (art. 24): a wrong merge is worse than a miss. Pure: the same claims and
 * rulings give the same result, in whatever order they came.
 *
 * <ul>
 *   <li>One row leads: the issuer's; where it has none, that of the first source of the name, in the order of its rule, which says a name and a
 *       birth date or sex. Of several rows of a dataset the one whose number was written as it is in the key, then the least row key.
 *   <li>A row that differs from it in the name, and in the birth date or the sex, is set aside as a whole; and with it every row that
 *       differs in the name and has the name of one that is set aside.
 *   <li>Where rows of the issuer itself differ so, and none of them is written with the number of the key (two people who share one of 15
 *       digits), nobody leads and nothing is heard until a ruling says who it is.
 *   <li>A ruling holds for what was compared, and for nothing else.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class Identity {
    private final TraitReader reader;
    private final ValueSets valueSets;
    private final List<String> order;
    private final Set<String> tellers;

    private Identity(TraitReader reader, ValueSets valueSets) {
        this.reader = reader;
        this.valueSets = valueSets;
        this.order = reader.order();
        this.tellers = reader.tellers();
    }

    /** As the one of the base databases of a kind says that says it; null: none does. */
    public static @Nullable Identity of(Collection<BasePlan> bases, Divisions divisions, ValueSets valueSets) {
        for (BasePlan base : bases) {
            BasePlan.Identity plan = base.identity();
            if (plan != null) {
                return new Identity(new TraitReader(base, plan, divisions), valueSets);
            }
        }
        return null;
    }

    /** The datasets of which every row counts: by each one rows may be told apart. Of the others' rows the names do, and only once some are. */
    public Set<String> whole() {
        Set<String> whole = new HashSet<>(tellers);
        whole.add(reader.issuer());
        return whole;
    }

    /** A row: {@code dataset|row}. */
    public static String rowOf(Claim claim) {
        return claim.dataset() + '|' + claim.row();
    }

    /** @param compared names what the ruling is about */
    public record Ruled(Decision decision, String compared) {}

    /**
     * A row that is not heard.
     *
     * @param leader the dataset of the row that leads; empty: none does
     * @param compared names what was compared, without telling it
     * @param settled whether a ruling says that it is about somebody else
     */
    public record Apart(Claim claim, String leader, String compared, boolean settled) {}

    /**
     * @param together dataset → rows that are heard
     * @param apart in the order of leading
     */
    public record Judged(Map<String, List<Claim>> together, List<Apart> apart) {}

    /** @param rulings by {@link #rowOf} */
    public Judged judge(String subject, Map<String, List<Claim>> claims, Map<String, Ruled> rulings) {
        int told = 0;
        for (String teller : tellers) {
            told += claims.getOrDefault(teller, List.of()).size();
        }
        if (told < 2 || reader.alike(order, claims)) {
            return new Judged(claims, List.of());
        }
        List<Traits> rows = order.stream()
                .flatMap(dataset ->
                        claims.getOrDefault(dataset, List.of()).stream().sorted(Comparator.comparing(Claim::row)))
                .map(reader::read)
                .toList();
        return new IdentityCase(subject, claims, rulings, rows, reader.issuer(), valueSets).judge();
    }
}
