package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Open;
import io.tongdao.contract.plan.ShareClass;
import org.jspecify.annotations.Nullable;

/** Reads share and open classes with the grounds that art. 31 and 38 demand for each. */
final class Openness {
    private Openness() {}

    static ShareClass shareClass(Fields fields) {
        return fields.word(
                "class",
                ShareClass.UNCONDITIONAL,
                "element.missing",
                "share lacks \"class\" (共享属性), an element of art. 15: unconditional, conditional or withheld");
    }

    /** The condition of a conditional class; the reason of a withheld one, which must come with its citation. */
    static String shareGrounds(Fields fields, ShareClass type) {
        String condition = fields.optional("condition");
        String reason = fields.optional("reason");
        Fields citation = fields.optionalSection("citation");
        if (citation != null) {
            citation.word(
                    "kind",
                    Citation.LAW,
                    "share.citation",
                    "citation lacks \"kind\": law, administrative_regulation or state_council_decision");
            citation.require("text", "share.citation", "citation lacks \"text\": name the act and the article, 《…》第…条");
            citation.end();
        }
        switch (type) {
            case UNCONDITIONAL -> {}
            case CONDITIONAL -> {
                if (condition.isEmpty()) {
                    fields.problem(
                            fields.at("class"),
                            "share.condition",
                            "a conditional class states its condition (使用条件, art. 31): add condition: …, or make it"
                                    + " unconditional");
                }
            }
            case WITHHELD -> withheld(fields, reason, citation);
        }
        return type == ShareClass.WITHHELD ? reason : condition;
    }

    private static void withheld(Fields fields, String reason, @Nullable Fields citation) {
        if (reason.isEmpty() || citation == null) {
            fields.problem(
                    fields.at("class"),
                    "share.citation",
                    "a withheld class states its reason and cites a law, an administrative regulation or a State Council"
                            + " decision (art. 31): add reason: … and citation: {kind: law, text: 《…》第…条}, or make it"
                            + " conditional");
        }
    }

    static Open open(Fields fields) {
        ShareClass type = fields.word(
                "class",
                ShareClass.WITHHELD,
                "element.missing",
                "open lacks \"class\" (开放类型), an element of art. 15: unconditional, conditional or withheld");
        String condition = fields.optional("condition");
        String reason = fields.optional("reason");
        if (type == ShareClass.CONDITIONAL && condition.isEmpty()) {
            fields.problem(
                    fields.at("class"),
                    "open.condition",
                    "conditional opening states its condition (开放条件, art. 15): add it");
        }
        if (type == ShareClass.WITHHELD && reason.isEmpty() && fields.has("class")) {
            fields.problem(fields.at("class"), "open.reason", "what is not opened says why: add reason: …");
        }
        fields.end();
        return new Open(type, condition, reason);
    }

    /** What may forbid sharing (art. 31): nothing lower does. */
    private enum Citation {
        LAW,
        ADMINISTRATIVE_REGULATION,
        STATE_COUNCIL_DECISION
    }
}
