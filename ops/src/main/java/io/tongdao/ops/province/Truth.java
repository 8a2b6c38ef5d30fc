package io.tongdao.ops.province;

import io.tongdao.contract.plan.Plan;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the generator planted, so that what is found can be held against it.
 *
 * @param disagreements open discrepancies to be found
 * @param badRows rows to be rejected, by dataset
 * @param respelt names written differently that must not be found
 * @param unknownToPolice people whom only other agencies hold
 */
public record Truth(Set<Discrepancy> disagreements, Map<String, Integer> badRows, int respelt, int unknownToPolice) {

    /**
     * A disagreement between the source of record and another agency.
     *
     * @param subject citizen number or credit code: personal data, never for a log
     */
    public record Discrepancy(String subject, String item) implements Comparable<Discrepancy> {
        @Override
        public int compareTo(Discrepancy that) {
            int order = subject.compareTo(that.subject);
            return order != 0 ? order : item.compareTo(that.item);
        }

        @Override
        public String toString() {
            return "Discrepancy[***, " + item + "]";
        }
    }

    /** What can be found of it by the items and the checks that a plan's base databases have. */
    public Truth askedBy(Plan plan) {
        Set<Discrepancy> asked = new TreeSet<>(disagreements);
        asked.removeIf(found -> plan.bases().values().stream()
                .noneMatch(base ->
                        base.items().containsKey(found.item()) || base.checks().containsKey(found.item())));
        return new Truth(asked, badRows, respelt, unknownToPolice);
    }

    @Override
    public String toString() {
        return "Truth[" + disagreements.size() + " disagreements, bad rows " + badRows + ", " + respelt + " respelt, "
                + unknownToPolice + " unknown to the police]";
    }

    static Truth of(Generator generator) {
        Walk walk = new Walk(generator);
        for (int block = 0; block < generator.blocks(); block++) {
            walk.block(block);
        }
        Market market = generator.market();
        for (int index = 0; index < market.size(); index++) {
            walk.bad(AgencyTable.ENTERPRISE, market.enterprise(index).sound() ? 0 : 1);
        }
        generator
                .registers()
                .forEach(register -> register.entries(generator).forEach(entry -> {
                    walk.disagreements.addAll(entry.disputes());
                    walk.bad(register.table(), entry.sound() ? 0 : 1);
                }));
        walk.bad
                .keySet()
                .retainAll(generator.tables().stream().map(AgencyTable::dataset).toList());
        return new Truth(walk.disagreements, walk.bad, walk.respelt, walk.unknown);
    }

    /** Walks block by block: whether a name in the marriage register counts depends on the block's marriages. */
    private static final class Walk {
        private final Generator generator;
        private final Set<Discrepancy> disagreements = new TreeSet<>();
        private final Map<String, Integer> bad = new TreeMap<>();
        private int respelt;
        private int unknown;

        Walk(Generator generator) {
            this.generator = generator;
        }

        void block(int block) {
            Map<String, Integer> married = new HashMap<>();
            generator.marriages(block).forEach(row -> {
                if (Numbers.right(row.text("nfzjhm")) && Numbers.right(row.text("nvfzjhm"))) {
                    married.merge(row.text("nfzjhm"), 1, Integer::sum);
                    married.merge(row.text("nvfzjhm"), 1, Integer::sum);
                } else {
                    bad(AgencyTable.MARRIAGE, 1);
                }
            });
            int end = Math.min(generator.people(), (block + 1) * Place.BLOCK);
            generator.people(block * Place.BLOCK, end).forEach(person -> {
                person(person, generator.insurance().rows(person).size(), married.getOrDefault(person.id(), 0));
            });
        }

        private void person(Person person, int insured, int married) {
            Blemish blemish = person.blemish();
            boolean ofInsurance = insured > 0 && blemish.name().startsWith("INSURANCE");
            boolean ofMarriage = married > 0 && blemish.name().startsWith("MARRIAGE");
            if (blemish.badHouseholdRow()) {
                bad(AgencyTable.HOUSEHOLD, 1);
            } else if (blemish.contradictsNumber()) {
                disagreements.add(Contradiction.of(person));
            } else if (blemish == Blemish.POLICE_MISSING) {
                unknown += insured + married > 0 ? 1 : 0;
            } else if (ofInsurance || ofMarriage) {
                register(blemish, person, insured);
            }
        }

        private void register(Blemish blemish, Person person, int insured) {
            if (blemish.name().endsWith("NAME")) {
                disagreements.add(new Discrepancy(person.id(), "full_name"));
            } else if (blemish.name().endsWith("SPELLING")) {
                respelt++;
            } else if (blemish != Blemish.MARRIAGE_CHECK_DIGIT) {
                bad(AgencyTable.INSURANCE, insured);
            }
        }

        void bad(AgencyTable table, int rows) {
            bad.merge(table.dataset(), rows, Integer::sum);
        }
    }
}
