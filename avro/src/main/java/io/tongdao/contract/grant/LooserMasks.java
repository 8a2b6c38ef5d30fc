package io.tongdao.contract.grant;

import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.ShareClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The loosest mask of an item is the catalogue's, or one that all of the item's providers consent to on record. What is withheld has none. */
final class LooserMasks {
    private LooserMasks() {}

    /** Whether consent could make the granted mask lawful: it is looser than the catalogue's, or can't be compared with it. */
    static boolean needed(Grant grant, GrantTable.Item item) {
        Mask mask = grant.items().get(item.name());
        return mask != null
                && item.share() != ShareClass.WITHHELD
                && !mask.atLeastAsTightAs(item.loosest(grant.kind()));
    }

    /** What the catalogue has against the mask; a consent that only lacks something is for {@link MissingPapers} to tell. */
    static List<String> refusals(Grant grant, GrantTable.Item item) {
        List<String> problems = new ArrayList<>();
        MaskConsent consent = grant.papers().consents().get(item.name());
        if (needed(grant, item) && consent == null) {
            problems.add(tooLoose(grant, item));
        } else if (needed(grant, item) && consent != null) {
            Set<String> strangers = new TreeSet<>(consent.by());
            strangers.removeAll(item.providers());
            strangers.forEach(agency -> problems.add("consent for item %s: %s does not provide it but: %s"
                    .formatted(item.name(), agency, String.join(", ", item.providers()))));
        }
        return problems;
    }

    private static String tooLoose(Grant grant, GrantTable.Item item) {
        Mask loosest = item.loosest(grant.kind());
        return "mask %s of item %s is looser than the catalogue's %s, or can't be compared with it: use %s; or give the consent of %s"
                .formatted(
                        grant.items().getOrDefault(item.name(), Mask.DROP).word(),
                        item.name(),
                        loosest.word(),
                        noLooserThan(loosest, item.type()),
                        String.join(", ", item.providers()));
    }

    private static String noLooserThan(Mask loosest, ItemType type) {
        return Arrays.stream(Mask.values())
                .filter(m -> m.atLeastAsTightAs(loosest) && m.fits(type))
                .map(Mask::word)
                .collect(Collectors.joining(", "));
    }
}
