package io.tongdao.contract.rule;

import java.time.Period;
import java.util.Locale;

/**
 * What a row of a dataset must be like, compiled (art. 19, GB/T 36344). A row that breaks a rule is flagged and flows on. What the agency
 * writes stands beside what follows from the catalogue by itself: standards, identifiers, divisions, and what a citizen number says.
 */
public sealed interface RowRule {
    /** The indicators of GB/T 36344 that one row can be judged by. */
    enum Kind {
        /** 规范性. */
        FORMAT,
        /** 完整性. */
        COMPLETENESS,
        /** 唯一性. */
        UNIQUENESS,
        /** 一致性. */
        CONSISTENCY,
        /** 时效性. */
        TIMELINESS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Kind kind();

    /** What it is about, unique within its kind and dataset: an item's name or its own. */
    String name();

    /** In Chinese, for people. */
    String label();

    /** Stable, unique in its dataset: {@code <kind>.<name>}. */
    default String id() {
        return kind().word() + '.' + name();
    }

    /** All of it but its words: rules of equal definitions judge alike, given the same standards and divisions. */
    default String definition() {
        return switch (this) {
            case Standard r -> id() + ' ' + r.standard();
            case Identifies r -> id();
            case Division r -> id();
            case Addressed r -> id();
            case Required r -> id();
            case Unique r -> id();
            case Holds r -> id() + ' ' + r.condition();
            case Agrees r -> id() + ' ' + r.says();
            case Timely r -> id() + ' ' + r.within();
        };
    }

    /** The value follows a standard; follows from the item. @param standard {@code id} or {@code id@version} */
    record Standard(String name, String label, String standard) implements RowRule {
        @Override
        public Kind kind() {
            return Kind.FORMAT;
        }
    }

    /** The value is an identifier with a right check; follows from items that identify no subject of the row: those are rejected. */
    record Identifies(String name, String label) implements RowRule {
        @Override
        public Kind kind() {
            return Kind.FORMAT;
        }
    }

    /** The division is one that is or was in force; follows from the item. A warning, as all these are. */
    record Division(String name, String label) implements RowRule {
        @Override
        public Kind kind() {
            return Kind.FORMAT;
        }
    }

    /** A number names a division that is or was in force; follows from identifiers, the subject's too. Such a number is right all the same. */
    record Addressed(String item, String label) implements RowRule {
        @Override
        public Kind kind() {
            return Kind.FORMAT;
        }

        /** With an {@code @}: beside the rule that the number itself is right. */
        @Override
        public String name() {
            return item + "@division";
        }
    }

    /** The item has a value. */
    record Required(String name, String label) implements RowRule {
        @Override
        public Kind kind() {
            return Kind.COMPLETENESS;
        }
    }

    /** No two rows of the dataset have the same value; a row without one is not asked. */
    record Unique(String name, String label) implements RowRule {
        @Override
        public Kind kind() {
            return Kind.UNIQUENESS;
        }
    }

    /** A condition on the items of the row, in CEL ({@link RowExpression}); a row that lacks an item it needs is not asked. */
    record Holds(String name, String label, String condition) implements RowRule {
        @Override
        public Kind kind() {
            return Kind.CONSISTENCY;
        }
    }

    /** The item says what the citizen number beside it says; follows from the subject. */
    record Agrees(String item, String label, String number, Says says) implements RowRule {
        @Override
        public Kind kind() {
            return Kind.CONSISTENCY;
        }

        /** With an {@code @}, so that no name that an agency writes is the same. */
        @Override
        public String name() {
            return item + '@' + number;
        }
    }

    /** What a citizen number says of its holder. */
    enum Says {
        BIRTH_DATE,
        SEX
    }

    /** A new row was committed at its source within a time after the day that the item names; other changes are not asked. */
    record Timely(String name, String label, Period within) implements RowRule {
        @Override
        public Kind kind() {
            return Kind.TIMELINESS;
        }
    }
}
