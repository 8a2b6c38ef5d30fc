package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Citation;
import io.tongdao.contract.catalogue.Dataset.Method;
import io.tongdao.contract.catalogue.Dataset.Open;
import io.tongdao.contract.catalogue.Dataset.Share;
import io.tongdao.contract.catalogue.Dataset.Verify;
import io.tongdao.contract.plan.ShareClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads share and open classes with the grounds that art. 31, 33 and 38 demand for each. */
final class Openness {
    private static final String CITATION_FORM = "{kind: law, name: …法, article: 第…条}";

    private Openness() {}

    /** {@code share:} of a dataset. */
    static Share share(Fields root) {
        Fields fields = root.section(
                "share", CheckCode.ELEMENT_MISSING, "dataset lacks \"share\" (共享属性), an element of art. 15: add it");
        if (fields == null) {
            return new Share(
                    root.at(),
                    ShareClass.UNCONDITIONAL,
                    "",
                    "",
                    "",
                    null,
                    List.of(),
                    List.of(),
                    new Verify(true, null));
        }
        ShareClass type = shareClass(fields);
        List<Ref> purposes = fields.refs("purposes");
        String scope = fields.optional("scope");
        if (type == ShareClass.CONDITIONAL && (purposes.isEmpty() || scope.isEmpty())) {
            fields.problem(
                    fields.at(),
                    CheckCode.SHARE_SCOPE,
                    "conditional sharing names its scope (共享范围) and purposes (使用用途), art. 31: add scope: … and purposes:"
                            + " [medical_insurance, …]");
        }
        Share share = grounds(fields, type, scope, purposes, List.of());
        List<Method> methods = methods(fields, share);
        fields.end();
        return new Share(
                share.at(),
                type,
                scope,
                share.condition(),
                share.reason(),
                share.citation(),
                purposes,
                methods,
                share.verify());
    }

    /** {@code share:} of an item: its own class and grounds; scope, purposes and ways are the dataset's. */
    static Share itemShare(Fields fields, Share dataset) {
        Share own = grounds(fields, shareClass(fields), dataset.scope(), dataset.purposes(), dataset.methods());
        fields.end();
        return own;
    }

    private static ShareClass shareClass(Fields fields) {
        return fields.word(
                "class",
                ShareClass.UNCONDITIONAL,
                CheckCode.ELEMENT_MISSING,
                "share lacks \"class\" (共享属性), an element of art. 15: unconditional, conditional or withheld");
    }

    private static Share grounds(
            Fields fields, ShareClass type, String scope, List<Ref> purposes, List<Method> methods) {
        String condition = fields.optional("condition");
        String reason = fields.optional("reason");
        Citation citation = citation(fields);
        if (type == ShareClass.CONDITIONAL && condition.isEmpty()) {
            fields.problem(
                    fields.at("class"),
                    CheckCode.SHARE_CONDITION,
                    "a conditional class states its condition (使用条件, art. 31): add condition: …, or make it unconditional");
        }
        if (type == ShareClass.WITHHELD && (reason.isEmpty() || citation == null)) {
            fields.problem(
                    fields.at("class"),
                    CheckCode.SHARE_CITATION,
                    "a withheld class states its reason and cites a law, an administrative regulation or a State Council"
                            + " decision (art. 31): add reason: … and citation: " + CITATION_FORM
                            + ", or make it conditional");
        }
        Verify verify = verify(fields, type);
        return new Share(fields.at(), type, scope, condition, reason, citation, purposes, methods, verify);
    }

    private static @Nullable Citation citation(Fields fields) {
        Fields citation = fields.optionalSection("citation");
        if (citation == null) {
            return null;
        }
        Citation read = new Citation(
                citation.word(
                        "kind",
                        Citation.Kind.LAW,
                        CheckCode.SHARE_CITATION,
                        "citation lacks \"kind\": law, administrative_regulation or state_council_decision"),
                citation.require("name", CheckCode.SHARE_CITATION, "citation lacks \"name\": add the act's full name"),
                citation.require("article", CheckCode.SHARE_CITATION, "citation lacks \"article\": add 第…条"));
        citation.end();
        return read;
    }

    private enum Use {
        ALLOWED,
        FORBIDDEN
    }

    private static Verify verify(Fields fields, ShareClass type) {
        Fields verify = fields.optionalSection("verify");
        if (verify == null) {
            return new Verify(type != ShareClass.WITHHELD, null);
        }
        String lacking = "verify lacks \"use\": write {use: allowed, citation: " + CITATION_FORM + "}";
        boolean allowed = verify.word("use", Use.FORBIDDEN, CheckCode.SHARE_VERIFY, lacking) == Use.ALLOWED;
        Citation citation = citation(verify);
        if (type != ShareClass.WITHHELD) {
            verify.problem(
                    verify.at(),
                    CheckCode.SHARE_VERIFY,
                    "what may be shared may be verified (art. 33): only a withheld class has \"verify\"; take it out");
        } else if (allowed && citation == null && verify.has("use")) {
            verify.problem(
                    verify.at("use"),
                    CheckCode.SHARE_VERIFY,
                    "withheld values are verified only where a citation allows it (art. 33): add citation: "
                            + CITATION_FORM + ", or use: forbidden");
        }
        verify.end();
        return new Verify(allowed, citation);
    }

    private static List<Method> methods(Fields fields, Share share) {
        List<Method> methods = new ArrayList<>();
        List<String> words = Arrays.stream(Method.values())
                .map(method -> method.name().toLowerCase(Locale.ROOT))
                .toList();
        boolean withheld = share.type() == ShareClass.WITHHELD;
        String lacking = "share lacks \"methods\" (共享方式), an element of art. 15: add [topic, table, …]";
        List<Ref> written =
                withheld ? fields.refs("methods") : fields.refs("methods", CheckCode.ELEMENT_MISSING, lacking);
        for (Ref ref : written) {
            if (!words.contains(ref.id())) {
                fields.problem(
                        ref.at(),
                        CheckCode.VALUE_WORD,
                        "no way of sharing is called \"" + ref.id() + "\"" + Nearest.hint(ref.id(), words));
                continue;
            }
            methods.add(Method.valueOf(ref.id().toUpperCase(Locale.ROOT)));
        }
        if (withheld && share.citation() != null) {
            withheldMethods(fields, share, methods);
        }
        return methods;
    }

    private static void withheldMethods(Fields fields, Share share, List<Method> methods) {
        List<Method> possible = share.verify().allowed() ? List.of(Method.VERIFY) : List.of();
        if (!possible.containsAll(methods)) {
            fields.problem(
                    fields.at("methods"),
                    CheckCode.SHARE_METHOD,
                    "what is withheld has no way of sharing: take methods out; [verify] alone stands with verify: {use: allowed,"
                            + " citation: …}");
        }
    }

    static Open open(Fields fields) {
        ShareClass type = fields.word(
                "class",
                ShareClass.WITHHELD,
                CheckCode.ELEMENT_MISSING,
                "open lacks \"class\" (开放类型), an element of art. 15: unconditional, conditional or withheld");
        String condition = fields.optional("condition");
        String reason = fields.optional("reason");
        if (type == ShareClass.CONDITIONAL && condition.isEmpty()) {
            fields.problem(
                    fields.at("class"),
                    CheckCode.OPEN_CONDITION,
                    "conditional opening states its condition (开放条件, art. 15): add it");
        }
        if (type == ShareClass.WITHHELD && reason.isEmpty() && fields.has("class")) {
            fields.problem(fields.at("class"), CheckCode.OPEN_REASON, "what is not opened says why: add reason: …");
        }
        fields.end();
        return new Open(type, condition, reason);
    }
}
