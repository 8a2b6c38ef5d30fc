package io.tongdao.contract.grant;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a grant is founded on (art. 32): texts are empty while they are missing.
 *
 * @param purpose a code of the catalogue's purposes ({@link io.tongdao.contract.plan.PurposePlan})
 * @param incident id of the incident that an emergency grant is for (art. 27), else empty
 * @param consents item → the providers' consent to a looser mask
 * @param assessment of important data
 */
public record GrantPapers(
        String purpose,
        String legalBasis,
        String scenario,
        String incident,
        Map<String, MaskConsent> consents,
        @Nullable GrantAssessment assessment) {
    public GrantPapers {
        consents = new TreeMap<>(consents);
    }

    /** Whether all providers of an item have consented to a mask looser than the catalogue's. */
    public boolean consented(String item, Set<String> providers) {
        MaskConsent consent = consents.get(item);
        return consent != null && consent.complete() && consent.by().containsAll(providers);
    }
}
