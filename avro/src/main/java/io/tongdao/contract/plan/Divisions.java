package io.tongdao.contract.plan;

import java.util.Map;
import java.util.Set;

/**
 * Administrative divisions (GB/T 2260) with the codes that are no longer in force.
 *
 * @param names code → name, current
 * @param parents code → parent's code, current
 * @param successors retired code → current code, where one is known
 * @param retired all codes that are no longer in force, with and without a known successor
 */
public record Divisions(
        Map<String, String> names, Map<String, String> parents, Map<String, String> successors, Set<String> retired) {
    private static final int PROVINCE = 2;

    /** Where every retired code has its successor. */
    public Divisions(Map<String, String> names, Map<String, String> parents, Map<String, String> successors) {
        this(names, parents, successors, Set.copyOf(successors.keySet()));
    }

    /**
     * Whether nothing is doubtful about a code: it is listed, in force or retired, or of a province of which nothing is listed. A number
     * keeps its address code for life, so an unknown one is a warning and never a refusal.
     */
    public boolean known(String code) {
        return names.containsKey(code)
                || retired.contains(code)
                || code.length() < PROVINCE
                || !lists(code.substring(0, PROVINCE));
    }

    private boolean lists(String province) {
        return names.containsKey(province + "0000");
    }

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
