package io.tongdao.ops.province;

import java.time.LocalDate;

/**
 * A person as they are; what the agencies hold about them is derived from this and from what is planted.
 *
 * @param index the person's number in the province, from 0
 * @param place the position within the block, which decides household and role
 * @param household the household's number
 * @param county of the household
 * @param id the right citizen number, normal form
 * @param formerName empty for most
 * @param ethnicity GB/T 3304, two digits
 */
record Person(
        int index,
        Place place,
        long household,
        County county,
        String id,
        boolean male,
        LocalDate birth,
        String name,
        String formerName,
        String ethnicity,
        Blemish blemish) {

    /** The same person with nothing planted. */
    Person plain() {
        return new Person(index, place, household, county, id, male, birth, name, formerName, ethnicity, Blemish.NONE);
    }

    boolean adult() {
        return !place.role().equals(Place.CHILD);
    }

    /** What a register that disagrees has: the former name, or a misheard one. */
    String outdatedName() {
        return formerName.isEmpty() ? Names.misheard(name) : formerName;
    }

    /** Whether the household register has a row of the person that can be read. */
    boolean registered() {
        return blemish != Blemish.POLICE_MISSING && !blemish.badHouseholdRow();
    }

    /** In whole years. */
    int age() {
        return birth.until(Population.TODAY).getYears();
    }

    /** The digits 15-17 of the number, the sequence with the sex in it. */
    int sequence() {
        return Integer.parseInt(id.substring(14, 17));
    }

    @Override
    public String toString() {
        return "Person[" + index + "]";
    }
}
