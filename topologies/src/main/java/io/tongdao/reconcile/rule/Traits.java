package io.tongdao.reconcile.rule;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a row says of who it is about, in compared form; null: nothing. */
record Traits(
        Claim claim,
        @Nullable String name,
        @Nullable String birth,
        @Nullable String sex) {

    /** Whether it says enough to lead, or to be told apart. */
    boolean tells() {
        return name != null && (birth != null || sex != null);
    }

    boolean namedOtherwise(Traits that) {
        return differ(name, that.name);
    }

    /** Whether they are about two subjects. */
    boolean collides(Traits that) {
        return namedOtherwise(that) && (differ(birth, that.birth) || differ(sex, that.sex));
    }

    /** Adds what a ruling about this row is a ruling about. */
    void addTo(SortedMap<String, String> values, String whose) {
        values.put(whose + "name", name == null ? "" : name);
        values.put(whose + "birth", birth == null ? "" : birth);
        values.put(whose + "sex", sex == null ? "" : sex);
    }

    private static boolean differ(@Nullable String a, @Nullable String b) {
        return a != null && b != null && !a.equals(b);
    }

    @Override
    public String toString() {
        return "Traits[" + claim.dataset() + " ***]";
    }
}
