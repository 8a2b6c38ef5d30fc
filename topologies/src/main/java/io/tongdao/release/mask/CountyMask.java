package io.tongdao.release.mask;

import io.tongdao.contract.plan.Divisions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * To the county. A code becomes the name of its county with what is above it ({@code 云南省昆明市五华区}); of an address the leading names of
 * divisions stay, as far as each lies in the one before, and the rest is masked. A word that only looks like a county (小区, 县医院) is none.
 */
final class CountyMask {
    private static final int COUNTY_CODE = 6;
    private final Divisions divisions;
    private final Map<Character, List<String>> codesByFirst = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();

    CountyMask(Divisions divisions) {
        this.divisions = divisions;
        divisions.names().forEach((code, name) -> {
            if (!name.isEmpty()) {
                codesByFirst
                        .computeIfAbsent(name.charAt(0), c -> new ArrayList<>())
                        .add(code);
            }
        });
    }

    @Nullable
    String ofCode(String code) {
        if (code.length() < COUNTY_CODE) {
            return null;
        }
        return paths.computeIfAbsent(divisions.current(code.substring(0, COUNTY_CODE)), this::path);
    }

    private @Nullable String path(String county) {
        if (!divisions.names().containsKey(county)) {
            return null;
        }
        StringBuilder path = new StringBuilder();
        for (String at = county; at != null; at = divisions.parents().get(at)) {
            path.insert(0, divisions.names().getOrDefault(at, ""));
        }
        return path.toString();
    }

    String ofAddress(String address) {
        String last = null;
        int kept = 0;
        for (String next = leading(address, 0, null); next != null; next = leading(address, kept, last)) {
            kept += name(next).length();
            last = next;
        }
        return address.substring(0, kept) + TextMasks.HIDDEN;
    }

    /** The division with the longest name that stands at this place and lies in {@code above}. */
    private @Nullable String leading(String address, int at, @Nullable String above) {
        if (at >= address.length()) {
            return null;
        }
        Collection<String> candidates = codesByFirst.getOrDefault(address.charAt(at), List.of());
        String best = null;
        for (String code : candidates) {
            boolean below = above == null || (!code.equals(above) && divisions.within(code, above));
            if (below
                    && address.startsWith(name(code), at)
                    && (best == null || name(code).length() > name(best).length())) {
                best = code;
            }
        }
        return best;
    }

    private String name(String code) {
        return divisions.names().getOrDefault(code, "");
    }
}
