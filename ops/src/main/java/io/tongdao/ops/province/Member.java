package io.tongdao.ops.province;

import java.util.List;
import java.util.Optional;

/** A person with the rows that the agencies hold about them when the script begins. */
record Member(Person person, Optional<Row> household, List<Row> insurance, List<Row> marriages) {
    boolean plain() {
        return person.blemish() == Blemish.NONE;
    }

    boolean adult() {
        return plain() && person.adult();
    }

    boolean child() {
        return plain() && !person.adult();
    }

    /** Insured once, and in no marriage row: all that others say of the person is in one row. */
    boolean insuredOnly() {
        return adult() && insurance.size() == 1 && marriages.isEmpty();
    }

    boolean insuredOnce() {
        return adult() && insurance.size() == 1;
    }

    /** A husband who is married once, in a row without a bad number. */
    boolean husband() {
        return adult() && person.male() && marriages.size() == 1 && soundMarriage();
    }

    private boolean soundMarriage() {
        return Numbers.right(marriageRow().text("nfzjhm"))
                && Numbers.right(marriageRow().text("nvfzjhm"));
    }

    boolean unmarried() {
        return adult() && marriages.isEmpty();
    }

    boolean livesIn(String county) {
        return person.county().code().equals(county);
    }

    Row householdRow() {
        return household.orElseThrow();
    }

    Row insuranceRow() {
        return insurance.getFirst();
    }

    Row marriageRow() {
        return marriages.getFirst();
    }

    String id() {
        return person.id();
    }

    @Override
    public String toString() {
        return "Member[" + person.index() + "]";
    }
}
