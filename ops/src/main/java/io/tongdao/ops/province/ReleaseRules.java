package io.tongdao.ops.province;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The oracle's own reading of a grant: which rows of its source it may see, under which key, with which values. */
final class ReleaseRules {
    static final String WITHHELD = "_withheld";
    private static final Set<String> COMPOUND_SURNAMES = Set.of("欧阳 司马 上官 诸葛 尉迟 皇甫 慕容 司徒".split(" "));

    private final Grant grant;
    private final Map<String, ItemType> types;
    private final List<String> rowKey;
    private final TokenFunction tokens;
    private final Condition filter;

    /**
     * @param types of the source table's items
     * @param rowKey the items of the key's row part, empty if the source has one row a subject
     */
    ReleaseRules(Grant grant, Map<String, ItemType> types, List<String> rowKey, TokenFunction tokens) {
        this.grant = grant;
        this.types = types;
        this.rowKey = rowKey;
        this.tokens = tokens;
        this.filter = Condition.of(grant.filter());
    }

    Grant grant() {
        return grant;
    }

    boolean sees(Map<String, @Nullable String> row) {
        return inTerritory(row) && filter.holds(row);
    }

    private boolean inTerritory(Map<String, @Nullable String> row) {
        if (grant.kind() != Grant.Kind.RETURN) {
            return true;
        }
        String code = row.get(grant.territoryItem());
        String above = grant.territory().replaceFirst("(0000|00)$", "");
        return code != null && County.current(code).startsWith(above);
    }

    String key(SubjectKind kind, String subject, String row) {
        String released = grant.key() == Grant.KeyForm.CLEAR ? subject : tokens.token(grant, kind.word(), subject);
        if (row.isEmpty()) {
            return released;
        }
        boolean clear = !rowKey.isEmpty()
                && rowKey.stream().allMatch(item -> grant.items().get(item) == Mask.KEEP);
        return released + '|' + (clear ? row : tokens.token(grant, "row:" + grant.table(), row));
    }

    Map<String, @Nullable String> released(Map<String, @Nullable String> row, Set<String> disputed) {
        Map<String, @Nullable String> out = new LinkedHashMap<>();
        List<String> withheld = new ArrayList<>();
        grant.items().forEach((item, mask) -> {
            String value = row.get(item);
            String masked = value == null ? null : masked(item, mask, value);
            if (mask == Mask.DROP || (value != null && masked == null)) {
                withheld.add(item);
            }
            out.put(item, masked);
        });
        out.put(
                BasePlan.DISPUTED,
                Canonical.list(
                        disputed.stream().filter(grant.items()::containsKey).toList()));
        out.put(WITHHELD, Canonical.list(withheld));
        return out;
    }

    private @Nullable String masked(String item, Mask mask, String value) {
        return switch (mask) {
            case KEEP -> value;
            case DROP -> null;
            case SURNAME -> surname(value);
            case ID6_4 -> value.substring(0, 6) + "*".repeat(value.length() - 10) + value.substring(value.length() - 4);
            case LAST4 -> "*".repeat(value.length() - 4) + value.substring(value.length() - 4);
            case PHONE3_4 -> value.substring(0, 3) + "****" + value.substring(7);
            case COUNTY ->
                types.get(item) instanceof ItemType.DivisionType ? countyOfCode(value) : countyOfAddress(value);
            case YEAR -> value.substring(0, 4);
            case TOKEN -> tokens.token(grant, domain(item), value);
            case BAND, ROUND ->
                throw new IllegalArgumentException(
                        "the oracle has no mask " + mask.word() + ": the sample grants none");
        };
    }

    private String domain(String item) {
        if (types.get(item) instanceof ItemType.CitizenIdType) {
            return SubjectKind.PERSON.word();
        }
        return types.get(item) instanceof ItemType.CreditCodeType ? SubjectKind.ORGANISATION.word() : "item:" + item;
    }

    private static String surname(String name) {
        boolean compound = name.length() > 2 && COMPOUND_SURNAMES.contains(name.substring(0, 2));
        int kept = compound ? 2 : 1;
        return name.length() < 2 ? "*" : name.substring(0, kept) + "*".repeat(name.length() - kept);
    }

    private static String countyOfCode(String code) {
        return "云南省" + County.of(County.current(code)).fullName();
    }

    private static String countyOfAddress(String address) {
        for (County county : County.ALL) {
            String head = "云南省" + county.fullName();
            if (address.startsWith(head)) {
                return head + "***";
            }
        }
        return "***";
    }
}
