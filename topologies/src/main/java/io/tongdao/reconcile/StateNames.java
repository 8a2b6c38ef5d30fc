package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.reconcile.rule.Claim;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * How state writes names of datasets, of items and of base databases: as four bytes, a hash of the name, since names would be most of it. The
 * catalogue knows them; a name that it no longer has is kept by its hash, and what stands under it is nobody's any more. So a change of the
 * catalogue moves no state.
 */
final class StateNames {
    /** Begins what stands for a name that the catalogue does not have; in no name. */
    private static final char UNKNOWN = '?';

    private final Map<String, Integer> hashes = new HashMap<>();
    private final int[] slots;
    private final @Nullable String[] texts;

    /** @throws IllegalStateException if two names have the same hash: one in four billion pairs */
    StateNames(Collection<String> names) {
        int size = Integer.highestOneBit(Math.max(4, names.size())) << 2;
        this.slots = new int[size];
        this.texts = new String[size];
        new TreeSet<>(names).forEach(this::add);
    }

    /** Of all that is reconciled about the subjects of a kind. */
    static StateNames of(KindPlan part) {
        Set<String> names = new TreeSet<>(Set.of(Claim.FORMERLY));
        part.bases().forEach(base -> {
            names.add(base.name());
            names.addAll(base.items().keySet());
        });
        part.types().forEach((dataset, items) -> {
            names.add(dataset);
            names.addAll(items.keySet());
        });
        return new StateNames(names);
    }

    static StateNames of(Plan plan, SubjectKind kind) {
        return of(KindPlan.of(plan, kind));
    }

    private void add(String name) {
        int hash = hash(name);
        String other = known(hash);
        if (other != null) {
            throw new IllegalStateException("state can't tell the names " + other + " and " + name
                    + " apart: give one of them another name in the catalogue");
        }
        int slot = hash & (slots.length - 1);
        while (texts[slot] != null) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = hash;
        texts[slot] = name;
        hashes.put(name, hash);
    }

    /** As a name is written. */
    int of(String name) {
        Integer known = hashes.get(name);
        if (known != null) {
            return known;
        }
        return !name.isEmpty() && name.charAt(0) == UNKNOWN
                ? Integer.parseUnsignedInt(name, 1, name.length(), 16)
                : hash(name);
    }

    /** The name of what was written; null: the catalogue has none such. */
    @Nullable
    String known(int hash) {
        int slot = hash & (slots.length - 1);
        while (texts[slot] != null) {
            if (slots[slot] == hash) {
                return texts[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return null;
    }

    /** The same; what stands for an unknown one is written as it was. */
    String text(int hash) {
        String known = known(hash);
        return known == null ? UNKNOWN + Integer.toHexString(hash) : known;
    }

    private static int hash(String name) {
        return Utils.murmur2(name.getBytes(StandardCharsets.UTF_8));
    }
}
