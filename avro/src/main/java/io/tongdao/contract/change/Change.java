package io.tongdao.contract.change;

import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Source;
import java.util.List;
import java.util.Optional;

/** One thing in which a catalogue differs from the one in force: how grave it is, what becomes of it, and by which article. */
public sealed interface Change {
    Severity severity();

    /** What changes, in the catalogue's words: {@code dataset ga.household_population}. */
    String subject();

    /** What that means and, where it is refused, what to do instead. */
    String text();

    /** The article that asks for care here, or empty. */
    default String article() {
        return "";
    }

    /** What must be confirmed for it, if anything. */
    default Optional<Confirmation> confirmation() {
        return Optional.empty();
    }

    /** Something new. */
    record Created(Part part, String name, String text) implements Change {
        @Override
        public Severity severity() {
            return Severity.FREE;
        }

        @Override
        public String subject() {
            return "new " + part.word() + " " + name;
        }
    }

    /** @param kept what stays of it, and where; empty where nothing was ever made of it */
    record Dropped(Part part, String name, String kept) implements Change {
        @Override
        public Severity severity() {
            return kept.isEmpty() ? Severity.FREE : Severity.CONFIRM;
        }

        @Override
        public String subject() {
            return "dropped " + part.word() + " " + name;
        }

        @Override
        public String text() {
            return kept.isEmpty() ? "nothing refers to it" : kept;
        }

        @Override
        public Optional<Confirmation> confirmation() {
            return kept.isEmpty() ? Optional.empty() : Optional.of(Confirmation.DROPS);
        }
    }

    /** Other words for the same: titles, labels, names. */
    record Reworded(Part part, String name, String text) implements Change {
        @Override
        public Severity severity() {
            return Severity.FREE;
        }

        @Override
        public String subject() {
            return part.word() + " " + name;
        }
    }

    /** @param problems why records of the old schema can't be read by the new one; empty: they can (BACKWARD) */
    record SchemaChanged(String topic, List<String> problems) implements Change {
        @Override
        public Severity severity() {
            return problems.isEmpty() ? Severity.FREE : Severity.REFUSED;
        }

        @Override
        public String subject() {
            return "schema of topic " + topic;
        }

        @Override
        public String text() {
            return problems.isEmpty()
                    ? "backward compatible: what is in the topic stays readable"
                    : "not backward compatible: " + String.join("; ", problems)
                            + ". Give the item another name, so that both can be read, and drop the old one";
        }
    }

    /** @param returned the mask of a return flow, not of a share */
    record MaskChanged(String table, String item, boolean returned, Mask from, Mask to) implements Change {
        public boolean loosened() {
            return !to.atLeastAsTightAs(from);
        }

        @Override
        public Severity severity() {
            return loosened() ? Severity.CONFIRM : Severity.FREE;
        }

        @Override
        public String subject() {
            return (returned ? "return mask of " : "mask of ") + table + "." + item;
        }

        @Override
        public String text() {
            String step = from.word() + " → " + to.word();
            if (!loosened()) {
                return step + ", tighter";
            }
            return from.atLeastAsTightAs(to)
                    ? step + ", looser: future grants may disclose more"
                    : step + ", which can't be compared and so counts as looser";
        }

        @Override
        public String article() {
            return "art. 31";
        }

        @Override
        public Optional<Confirmation> confirmation() {
            return loosened() ? Optional.of(Confirmation.MASKS) : Optional.empty();
        }
    }

    /**
     * A class, level or list of purposes that is less strict than before.
     *
     * @param item empty: of the whole table
     */
    record Loosened(String table, String item, String text, String article) implements Change {
        @Override
        public Severity severity() {
            return Severity.CONFIRM;
        }

        @Override
        public String subject() {
            return item.isEmpty() ? table : table + "." + item;
        }

        @Override
        public Optional<Confirmation> confirmation() {
            return Optional.of(Confirmation.CLASSES);
        }
    }

    /** A class, level or list of purposes that is stricter than before; what it does to grants is said with them. */
    record Tightened(String table, String item, String text, String article) implements Change {
        @Override
        public Severity severity() {
            return Severity.FREE;
        }

        @Override
        public String subject() {
            return item.isEmpty() ? table : table + "." + item;
        }
    }

    /**
     * A dataset whose rows must be read again from its source.
     *
     * @param keys its records get other keys
     * @param ordered its table is described as before: collection sees no reason by itself and has to be told
     */
    record Reread(String dataset, List<String> why, boolean keys, boolean ordered) implements Change {
        @Override
        public Severity severity() {
            return Severity.REBUILD;
        }

        @Override
        public String subject() {
            return "rows of " + dataset;
        }

        @Override
        public String text() {
            return "are read again from the source while changes flow, in a new epoch: " + String.join("; ", why)
                    + (keys ? ". Records under the old keys are withdrawn everywhere" : "");
        }

        @Override
        public Optional<Confirmation> confirmation() {
            return keys ? Optional.of(Confirmation.KEYS) : Optional.empty();
        }
    }

    /** A rule of reconciliation that is another one now. */
    record RuleChanged(String base, String item, String text) implements Change {
        @Override
        public Severity severity() {
            return Severity.FREE;
        }

        @Override
        public String subject() {
            return "rule of base." + base + (item.isEmpty() ? "" : "." + item);
        }

        @Override
        public String article() {
            return "art. 23";
        }
    }

    /** @param other another database stands behind it: positions in the old one's log mean nothing there */
    record ConnectionChanged(Source from, Source to, boolean other) implements Change {
        @Override
        public Severity severity() {
            return other ? Severity.REBUILD : Severity.RESTART;
        }

        @Override
        public String subject() {
            return "connection " + to.name();
        }

        @Override
        public String text() {
            return other
                    ? "leads to another database: all its datasets are read again from there"
                    : "is reached otherwise: collection pauses and goes on where it stopped";
        }
    }

    /** @param what {@code stage release}, {@code collection of ga-db} */
    record Restarted(String what, String text) implements Change {
        @Override
        public Severity severity() {
            return Severity.RESTART;
        }

        @Override
        public String subject() {
            return what;
        }
    }

    /** What is fixed for good on an exchange. */
    record Fixed(String subject, String text) implements Change {
        @Override
        public Severity severity() {
            return Severity.REFUSED;
        }
    }

    /** What a running grant gets from the change (art. 36). */
    record GrantTouched(GrantEffect effect) implements Change {
        @Override
        public Severity severity() {
            return effect.kind() == GrantEffect.Kind.RENEWED ? Severity.REBUILD : Severity.CONFIRM;
        }

        @Override
        public String subject() {
            return "grant " + effect.grant().id() + " of " + effect.grant().consumer();
        }

        @Override
        public String text() {
            return effect.text();
        }

        @Override
        public String article() {
            return effect.kind() == GrantEffect.Kind.RENEWED ? "" : "art. 36";
        }
    }
}
