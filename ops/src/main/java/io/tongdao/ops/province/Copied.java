package io.tongdao.ops.province;

import io.tongdao.ops.province.Truth.Discrepancy;
import java.util.Set;

/** How a register has copied a name from its source of record. */
enum Copied {
    RIGHT,
    /** The former name, or a misheard one. */
    OUTDATED,
    /** Written in a way that must not count as a difference. */
    RESPELT;

    /** In 1,000 copies 10 are outdated and 5 only written differently. */
    static Copied draw(long seed, AgencyTable table, long index) {
        int lot = new Dice(seed, "copied " + table.name(), index).below(1000);
        return lot < 10 ? OUTDATED : lot < 15 ? RESPELT : RIGHT;
    }

    String name(Person person) {
        return switch (this) {
            case RIGHT -> person.name();
            case OUTDATED -> person.outdatedName();
            case RESPELT -> Names.respelt(person.name(), new Dice(0, name(), person.index()));
        };
    }

    String name(Enterprise enterprise) {
        return switch (this) {
            case RIGHT -> enterprise.name();
            case OUTDATED -> enterprise.name().replace("有限公司", "实业有限公司");
            case RESPELT -> enterprise.name() + " ";
        };
    }

    /** What reconciliation must find: nothing where the source of record itself has no valid row. */
    Set<Discrepancy> disputes(Person person) {
        return this == OUTDATED && person.registered() ? Set.of(new Discrepancy(person.id(), "full_name")) : Set.of();
    }

    Set<Discrepancy> disputes(Enterprise enterprise) {
        return this == OUTDATED && enterprise.sound()
                ? Set.of(new Discrepancy(enterprise.code(), "ent_name"))
                : Set.of();
    }
}
