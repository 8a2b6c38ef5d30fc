package io.tongdao.contract.plan;

import java.util.Map;

/**
 * Administrative divisions (GB/T 2260) with the codes that are no longer in force.
 *
 * @param names code → name, current
 * @param parents code → parent's code, current
 * @param successors retired code → current code, where one is known
 */
public record Divisions(Map<String, String> names, Map<String, String> parents, Map<String, String> successors) {

    /** The code in force for a code that may have been retired; unknown codes stay as they are. */
    public String current(String code) {
        return successors.getOrDefault(code, code);
    }

    /** Whether a division lies in a territory, by the codes in force. */
    public boolean within(String code, String territory) {
        for (String at = current(code); at != null; at = parents.get(at)) {
            if (at.equals(territory)) {
                return true;
            }
        }
        return false;
    }
}
