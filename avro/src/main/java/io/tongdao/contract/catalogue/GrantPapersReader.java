package io.tongdao.contract.catalogue;

import io.tongdao.contract.grant.GrantAssessment;
import io.tongdao.contract.grant.GrantPapers;
import io.tongdao.contract.grant.MaskConsent;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what an application is founded on. What is missing stays empty: that is no mistake of the file. */
final class GrantPapersReader {
    private GrantPapersReader() {}

    static GrantPapers read(Fields fields) {
        return new GrantPapers(
                fields.optional("purpose"),
                fields.optional("legal_basis"),
                fields.optional("scenario"),
                fields.optional("incident"),
                consents(given(fields, "consent")),
                assessment(given(fields, "assessment")));
    }

    /** The mapping under a key; null where the key stands there with nothing after it. */
    static @Nullable Fields given(Fields fields, String key) {
        return blank(fields, key) ? null : fields.optionalSection(key);
    }

    static boolean blank(Fields fields, String key) {
        return fields.node(key) instanceof Node.Scalar scalar && scalar.text().isBlank();
    }

    private static Map<String, MaskConsent> consents(@Nullable Fields fields) {
        Map<String, MaskConsent> consents = new TreeMap<>();
        for (Fields item : fields == null ? List.<Fields>of() : fields.named("consent for item")) {
            consents.put(item.name(), new MaskConsent(agencies(item), item.optional("document"), day(item, "on")));
            item.end();
        }
        return consents;
    }

    /** One agency, or a list of them. */
    private static Set<String> agencies(Fields fields) {
        Set<String> agencies = new TreeSet<>();
        if (fields.node("by") instanceof Node.Sequence) {
            fields.refs("by").forEach(agency -> agencies.add(agency.id()));
        } else if (!fields.optional("by").isEmpty()) {
            agencies.add(fields.optional("by"));
        }
        return agencies;
    }

    private static @Nullable GrantAssessment assessment(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        GrantAssessment assessment = new GrantAssessment(
                fields.optional("document"), fields.optional("result"), day(fields, "on"), day(fields, "until"));
        fields.end();
        return assessment;
    }

    private static @Nullable LocalDate day(Fields fields, String key) {
        LocalDate day = Typed.optionalDate(fields, key, LocalDate.MAX);
        return day.equals(LocalDate.MAX) ? null : day;
    }
}
