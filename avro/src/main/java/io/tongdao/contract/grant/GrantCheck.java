package io.tongdao.contract.grant;

import io.tongdao.contract.grant.Grant.Kind;
import io.tongdao.contract.plan.Grade;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ShareClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether the regulation and the catalogue allow a grant (art. 29-33): every problem at once, each with what to do. Who still has to
 * approve is asked separately, since a grant may be filed before.
 */
public final class GrantCheck {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final String BIRTH = "birth";
    private static final String SEX = "GB/T 2261.1";
    private final Grant grant;
    private final Set<String> filterItems;
    private final List<String> problems = new ArrayList<>();

    private GrantCheck(Grant grant, Set<String> filterItems) {
        this.grant = grant;
        this.filterItems = filterItems;
    }

    /**
     * @param filterItems the items that the row filter reads: as strict as released ones
     * @return what is wrong, empty if the grant may be filed
     */
    public static List<String> check(Plan plan, Grant grant, Set<String> filterItems) {
        return new GrantCheck(grant, filterItems).all(plan);
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

    private List<String> all(Plan plan) {
        papers(plan);
        if (!GrantTable.exists(plan, grant.table())) {
            if (plan.logical().containsKey(grant.table())) {
                say("table %s stays with its agency (collect: logical) and can only be verified", grant.table());
            } else {
                say("there is no table %s in the catalogue; there are: %s", grant.table(), tables(plan));
            }
            return problems;
        }
        GrantTable table = GrantTable.of(plan, grant.table());
        territory(plan, table);
        if (!plan.serves(table.purposes(), grant.purpose())) {
            say(
                    "purpose %s is not one that the providers of %s share it for: %s",
                    grant.purpose(), table.name(), String.join(", ", table.purposes()));
        }
        if (table.grade() != Grade.GENERAL) {
            say(
                    "%s holds important data, which is assessed for each grant; a grant can't yet carry that assessment, so"
                            + " none is filed",
                    table.name());
        }
        read(grant, filterItems).forEach(name -> readable(table, name));
        grant.items().forEach((name, mask) -> masked(table.items().get(name), mask));
        clearKey(table);
        together(table);
        return problems;
    }

    private void papers(Plan plan) {
        if (!ID.matcher(grant.id()).matches()) {
            say("id %s: use lower-case letters and digits, parts joined by a single hyphen", grant.id());
        }
        if (!plan.agencies().containsKey(grant.consumer())) {
            say("consumer %s is no agency of the catalogue: add it to agencies.yaml", grant.consumer());
        }
        if (!plan.purposes().containsKey(grant.purpose())) {
            say(
                    "purpose %s is no closed code; there are: %s",
                    grant.purpose(), String.join(", ", plan.purposes().keySet()));
        }
        if (grant.legalBasis().isBlank() || grant.scenario().isBlank()) {
            say("legal_basis and scenario must both be given (art. 29)");
        }
        if (!grant.until().isAfter(grant.from())) {
            say("until must lie after from: a grant has an end");
        }
        if (grant.items().isEmpty()) {
            say("a grant without items releases nothing: name at least one");
        }
        if (grant.delivery().isEmpty() || grant.partitions() < 1) {
            say("a grant needs a delivery (topic, table, database) and at least one partition");
        }
    }

    private void territory(Plan plan, GrantTable table) {
        if (grant.kind() == Kind.SHARE) {
            if (!grant.territory().isEmpty() || !grant.territoryItem().isEmpty()) {
                say("a share has no territory: use the row filter, or file a return");
            }
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

    private void readable(GrantTable table, String name) {
        GrantTable.Item item = table.items().get(name);
        if (item == null) {
            say(
                    "%s has no item %s; it has: %s",
                    table.name(), name, String.join(", ", table.items().keySet()));
        } else if (item.share() == ShareClass.WITHHELD) {
            say("item %s is withheld from sharing (art. 31): ask for verification instead (art. 33)", name);
        }
    }

    private void masked(GrantTable.@Nullable Item item, Mask mask) {
        if (item == null) {
            return;
        }
        Mask loosest = item.loosest(grant.kind());
        if (!mask.atLeastAsTightAs(loosest)) {
            say(
                    "mask %s of item %s is looser than the catalogue's %s, or can't be compared with it: use %s",
                    mask.word(), item.name(), loosest.word(), noLooserThan(loosest, item.type()));
        }
        if (!mask.fits(item.type())) {
            say("mask %s does not fit item %s", mask.word(), item.name());
        }
    }

    private void clearKey(GrantTable table) {
        if (grant.key() != Grant.KeyForm.CLEAR) {
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
        if (grant.kind() == Kind.RETURN) {
            names.add(grant.territoryItem());
        }
        return names;
    }

    private static String noLooserThan(Mask loosest, ItemType type) {
        return Arrays.stream(Mask.values())
                .filter(m -> m.atLeastAsTightAs(loosest) && m.fits(type))
                .map(Mask::word)
                .collect(Collectors.joining(", "));
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
