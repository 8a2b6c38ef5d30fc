package io.tongdao.contract.grant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A grant as format 1 had it: all fields side by side, and of its life only the last step. What came later it did without: it has the
 * usual rate, no consent, no assessment.
 */
final class FlatGrant {
    private static final List<String> SCOPE = List.of("table", "items", "filter", "territory", "territoryItem", "key");
    private static final List<String> PAPERS = List.of("purpose", "legalBasis", "scenario");
    private static final List<String> TERMS = List.of("from", "until", "delivery", "partitions");
    private static final List<String> STEP = List.of("status", "epoch", "by", "reason", "changedAt");

    private FlatGrant() {}

    /** The same grant in parts, if it is not. */
    static ObjectNode parted(ObjectNode flat) {
        if (flat.has("terms")) {
            return flat;
        }
        ObjectNode step = part(flat, STEP);
        step.set("at", step.remove("changedAt"));
        ObjectNode scope = part(flat, SCOPE);
        ObjectNode papers = part(flat, PAPERS).put("incident", "");
        papers.putObject("consents");
        ObjectNode terms = part(flat, TERMS).put("bytesPerSecond", GrantTerms.BYTES_PER_SECOND);
        flat.set("scope", scope);
        flat.set("papers", papers);
        flat.set("terms", terms);
        flat.putArray("steps").add(step);
        return flat;
    }

    /** What holds a grant of an older format as its {@code grant}. */
    static ObjectNode within(ObjectNode holder) {
        if (holder.get("grant") instanceof ObjectNode flat) {
            parted(flat);
        }
        return holder;
    }

    private static ObjectNode part(ObjectNode flat, List<String> fields) {
        ObjectNode part = flat.objectNode();
        for (String field : fields) {
            if (flat.has(field)) {
                part.set(field, flat.remove(field));
            }
        }
        return part;
    }
}
