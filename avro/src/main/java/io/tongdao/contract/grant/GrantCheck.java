package io.tongdao.contract.grant;

import io.tongdao.contract.grant.Grant.Kind;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ShareClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether the regulation and the catalogue allow a grant, and whether its papers are whole (art. 30-33): everything at once, each with what to
 * do. Who still has to approve is asked separately, since a grant may be filed before.
 */
public final class GrantCheck {
    private static final String BIRTH = "birth";
    private static final String SEX = "GB/T 2261.1";
    private final Grant grant;
    private final Set<String> filterItems;
    private final List<String> problems = new ArrayList<>();

    private GrantCheck(Grant grant, Set<String> filterItems) {
        this.grant = grant;
        this.filterItems = filterItems;
    }

    /** @param filterItems the items that the row filter reads: as strict as released ones */
    public static GrantFindings check(Plan plan, Grant grant, Set<String> filterItems) {
        String other = madeElsewhere(grant);
        if (!other.isEmpty()) {
            return new GrantFindings(List.of(), List.of(other));
        }
        GrantTable table = GrantTable.exists(plan, grant.table()) ? GrantTable.of(plan, grant.table()) : null;
        return new GrantFindings(
                MissingPapers.of(plan, grant, table), new GrantCheck(grant, filterItems).refusals(plan, table));
    }

    private static String madeElsewhere(Grant grant) {
        return switch (grant.kind()) {
            case SHARE, RETURN, EMERGENCY -> "";
            case OPEN ->
                "grant " + grant.id()
                        + ": what is opened (开放) is published as a checked snapshot, not granted: see ./tongdao open";
            case OPERATE ->
                "grant " + grant.id()
                        + ": authorised operation (授权运营, art. 47) is reserved: no grant of this kind is filed yet";
        };
    }

    /** The agencies whose approval the grant needs: of every provider behind its items, its filter's and its territory's. */
    public static Set<String> providers(Plan plan, Grant grant, Set<String> filterItems) {
        GrantTable table = GrantTable.of(plan, grant.table());
        Set<String> agencies = new TreeSet<>();
        for (String name : read(grant, filterItems)) {
            GrantTable.Item item = table.items().get(name);
            if (item != null) {
                agencies.addAll(item.providers());
            }
        }
        return agencies;
    }

    /** The agencies whose approval is needed and not there. */
    public static Set<String> missingApprovals(Plan plan, Grant grant, Set<String> filterItems) {
        Set<String> missing = providers(plan, grant, filterItems);
        missing.removeAll(grant.approvals().keySet());
        return missing;
    }

    private List<String> refusals(Plan plan, @Nullable GrantTable table) {
        problems.addAll(PaperRules.refusals(plan, grant));
        problems.addAll(VerifyRules.refusals(grant));
        problems.addAll(FileRules.refusals(grant));
        if (table == null) {
            noTable(plan);
            return problems;
        }
        territory(plan, table);
        problems.addAll(SealedRules.refusals(grant, table));
        if (!grant.purpose().isBlank() && !plan.serves(table.purposes(), grant.purpose())) {
            say(
                    "purpose %s is not one that the providers of %s share it for: %s",
                    grant.purpose(), table.name(), String.join(", ", table.purposes()));
        }
        read(grant, filterItems).forEach(name -> readable(plan, table, name));
        grant.items().forEach((name, mask) -> masked(table.items().get(name), mask));
        clearKey(table);
        together(table);
        return problems;
    }

    private void noTable(Plan plan) {
        if (plan.logical().containsKey(grant.table())) {
            say("table %s stays with its agency (collect: logical) and can only be verified", grant.table());
        } else if (!grant.table().isBlank()) {
            say("there is no table %s in the catalogue; there are: %s", grant.table(), tables(plan));
        }
    }

    private void territory(Plan plan, GrantTable table) {
        if (grant.kind() != Kind.RETURN) {
            if (!grant.territory().isEmpty() || !grant.territoryItem().isEmpty()) {
                say("only a return has a territory: use the row filter, or file a return");
            }
            return;
        }
        if (grant.territory().isEmpty()) {
            return;
        }
        Plan.@Nullable Agency agency = plan.agencies().get(grant.consumer());
        if (!plan.divisions().names().containsKey(grant.territory())) {
            say("territory %s is no division in force", grant.territory());
        } else if (agency != null && !plan.divisions().within(grant.territory(), agency.division())) {
            say("territory %s does not lie in the division of %s (art. 26)", grant.territory(), grant.consumer());
        }
        GrantTable.Item item = table.items().get(grant.territoryItem());
        if (item != null && !(item.type() instanceof ItemType.DivisionType)) {
            say("territory item %s is no division code", grant.territoryItem());
        } else if (item != null && !table.territories().contains(grant.territoryItem())) {
            say(
                    "territory item %s is no basis of return that the catalogue declares; there are: %s",
                    grant.territoryItem(), String.join(", ", table.territories()));
        }
    }

    private void readable(Plan plan, GrantTable table, String name) {
        GrantTable.Item item = table.items().get(name);
        if (item == null) {
            say(
                    "%s has no item %s; it has: %s",
                    table.name(), name, String.join(", ", table.items().keySet()));
        } else if (item.share() == ShareClass.WITHHELD && !VerifyRules.allows(plan, grant, name)) {
            say(
                    grant.verifies()
                            ? "item %s is withheld, and may be verified only in its own dataset and where its catalogue entry has verify: {use: allowed, citation: …} (art. 33)"
                            : "item %s is withheld from sharing (art. 31): ask for verification instead (art. 33)",
                    name);
        }
    }

    private void masked(GrantTable.@Nullable Item item, Mask mask) {
        if (item == null) {
            return;
        }
        LooserMasks.refusals(grant, item).forEach(problem -> problems.add("grant " + grant.id() + ": " + problem));
        if (!mask.fits(item.type())) {
            say("mask %s does not fit item %s", mask.word(), item.name());
        }
    }

    private void clearKey(GrantTable table) {
        if (grant.key() != Grant.KeyForm.CLEAR || grant.items().isEmpty()) {
            return;
        }
        for (String identifier : table.identifiers()) {
            if (grant.items().get(identifier) != Mask.KEEP) {
                say("key clear needs identifier %s granted with mask keep: grant it so, or use key token", identifier);
            }
        }
    }

    /** 6+4 digits hide only a birth date: with its year and the sex about 33 numbers are left (domain, 4.3). */
    private void together(GrantTable table) {
        boolean partialId = false;
        boolean birthYear = false;
        boolean sex = false;
        for (var granted : grant.items().entrySet()) {
            GrantTable.Item item = table.items().get(granted.getKey());
            Mask mask = granted.getValue();
            if (item != null) {
                partialId |= number(item.type()) && (mask == Mask.ID6_4 || mask == Mask.LAST4);
                birthYear |= item.name().contains(BIRTH) && (mask == Mask.KEEP || mask == Mask.YEAR);
                sex |= item.type() instanceof ItemType.Code code
                        && code.standard().equals(SEX)
                        && mask == Mask.KEEP;
            }
        }
        if (partialId && birthYear && sex) {
            say(
                    "a masked citizen number, the birth year and the sex together leave about 33 candidates: drop one, or use mask token");
        }
    }

    private static boolean number(ItemType type) {
        return type instanceof ItemType.CitizenIdType || type instanceof ItemType.DocumentType;
    }

    private static Set<String> read(Grant grant, Set<String> filterItems) {
        Set<String> names = new TreeSet<>(grant.items().keySet());
        names.addAll(filterItems);
        if (grant.kind() == Kind.RETURN && !grant.territoryItem().isEmpty()) {
            names.add(grant.territoryItem());
        }
        return names;
    }

    private static String tables(Plan plan) {
        Set<String> names = new TreeSet<>(plan.datasets().keySet());
        plan.bases().keySet().forEach(b -> names.add("base." + b));
        plan.themes().keySet().forEach(id -> names.add("theme." + id));
        return String.join(", ", names);
    }

    private void say(String text, Object... values) {
        problems.add("grant " + grant.id() + ": " + text.formatted(values));
    }
}
