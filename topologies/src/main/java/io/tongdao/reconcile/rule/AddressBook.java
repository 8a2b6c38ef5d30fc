package io.tongdao.reconcile.rule;

import io.tongdao.contract.plan.Divisions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Finds the divisions that an address begins with, by the register's own names: 云南省昆明市五华区…, 昆明市五华区… and 五华区… all lead to
 * 530102, the last only because no other division of the register has that name. Nothing is guessed: a name that is not in the register,
 * or that several divisions have, stays text.
 */
final class AddressBook {
    private static final int SHORTEST = 2;
    private final Divisions divisions;
    private final Map<String, List<String>> codes = new HashMap<>();
    private int longest;

    /**
     * @param code of the last division that the address names, empty: it names none
     * @param rest what follows
     */
    record Located(String code, String rest) {}

    AddressBook(Divisions divisions, UnaryOperator<String> form) {
        this.divisions = divisions;
        divisions.names().forEach((code, name) -> {
            String written = form.apply(name);
            codes.computeIfAbsent(written, n -> new ArrayList<>(1)).add(code);
            longest = Math.max(longest, written.length());
        });
    }

    /** @param address in the form that the register's names were brought to */
    Located locate(String address) {
        String code = "";
        int at = 0;
        for (int end = next(address, at, code); end > at; end = next(address, at, code)) {
            code = only(address.substring(at, end), code);
            at = end;
        }
        return new Located(code, address.substring(at));
    }

    /** Where the longest name ends that begins at a place and that one division within another has; the place itself: none does. */
    private int next(String address, int at, String within) {
        for (int end = Math.min(address.length(), at + longest); end >= at + SHORTEST; end--) {
            if (!only(address.substring(at, end), within).isEmpty()) {
                return end;
            }
        }
        return at;
    }

    private String only(String name, String within) {
        String found = "";
        for (String code : codes.getOrDefault(name, List.of())) {
            if (within.isEmpty() || (!code.equals(within) && divisions.within(code, within))) {
                if (!found.isEmpty()) {
                    return "";
                }
                found = code;
            }
        }
        return found;
    }
}
