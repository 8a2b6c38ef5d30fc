package io.tongdao.ops.province;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.BaseItemPlan;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.CrossCheck;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Strategy;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's own reading of the rules of base databases: the source of record wins, then the fallbacks in order; or the most recent, or
 * what most agree on; of several rows of one dataset the latest that has a value; a group moves together; a verifier that says otherwise
 * disputes the item. It refuses rules that it has not learnt.
 */
final class GoldenRules {
    private static final Comparator<Claimed> LATEST =
            Comparator.comparing(Claimed::asOf).thenComparing(Claimed::row);

    private static final Pattern INVISIBLE = Pattern.compile("[\\s\\p{Z}\\p{Cf}]");
    private static final Pattern INTERPUNCT = Pattern.compile("[·•∙⋅‧・.]");
    private static final Pattern LIMITED = Pattern.compile("有限责任公司$");
    private static final Pattern STOCK = Pattern.compile("股份有限公司$");
    /** Before a code of another table that has no equal. */
    private static final String NO_EQUAL = "no equal ";

    private final Plan plan;
    private final BasePlan base;
    private final Map<Asked, String> columns = new ConcurrentHashMap<>();

    /** An item of the base database, asked of a row. */
    private record Asked(String dataset, String role, String item) {}

    GoldenRules(Plan plan, BasePlan base) {
        this.plan = plan;
        this.base = base;
    }

    /** Of every base database, by name. */
    static Map<String, GoldenRules> all(Plan plan) {
        Map<String, GoldenRules> all = new LinkedHashMap<>();
        plan.bases().forEach((name, base) -> all.put(name, new GoldenRules(plan, base)));
        return all;
    }

    /**
     * A golden record as it must be.
     *
     * @param items those that have a value
     * @param sources item → dataset
     */
    record Golden(Map<String, String> items, Map<String, String> sources, Set<String> disputed) {}

    /** @param golden empty if nobody says anything that the base database holds; @param conflicts items and checks */
    record Outcome(Optional<Golden> golden, Set<String> conflicts) {}

    /** What is heard of a subject of a kind: all of it, but what is about somebody else. */
    static List<Claimed> heard(Map<String, GoldenRules> all, SubjectKind kind, List<Claimed> claims) {
        List<Claimed> own =
                claims.stream().filter(claim -> claim.kind() == kind).toList();
        for (GoldenRules rules : all.values()) {
            BasePlan.Identity identity = rules.base.identity();
            if (rules.base.kind() == kind && identity != null) {
                return new IdentityRules(rules.base, identity, rules::said).heard(own);
            }
        }
        return own;
    }

    Outcome of(List<Claimed> claims) {
        Map<String, String> items = new LinkedHashMap<>();
        Map<String, String> sources = new TreeMap<>();
        Set<String> disputed = new TreeSet<>();
        for (BaseItemPlan item : base.items().values()) {
            Claimed speaker = speaker(item, claims);
            String value = speaker == null ? null : said(speaker, item.name());
            if (speaker != null && value != null) {
                items.put(item.name(), value);
                sources.put(item.name(), speaker.dataset());
                if (contradicted(item, speaker.dataset(), value, claims)) {
                    disputed.add(item.name());
                }
            }
        }
        Set<String> conflicts = new TreeSet<>(disputed);
        BiFunction<String, String, @Nullable Claimed> speaks =
                (dataset, item) -> latest(dataset, item, claims).orElse(null);
        for (CrossCheck check : new CheckRules(base, items, speaks).broken()) {
            conflicts.add(check.name());
            check.disputes().stream().filter(items::containsKey).forEach(disputed::add);
        }
        return new Outcome(
                items.isEmpty() ? Optional.empty() : Optional.of(new Golden(items, sources, disputed)), conflicts);
    }

    /** Who speaks for an item; for one of a group who speaks for the group's first item that anybody knows. */
    private @Nullable Claimed speaker(BaseItemPlan item, List<Claimed> claims) {
        for (List<String> group : base.groups()) {
            if (group.contains(item.name())) {
                return group.stream()
                        .map(name -> base.items().get(name))
                        .map(member -> member == null ? null : winner(member, claims))
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            }
        }
        return winner(item, claims);
    }

    private @Nullable Claimed winner(BaseItemPlan item, List<Claimed> claims) {
        List<Claimed> speakers = item.order().stream()
                .flatMap(dataset -> latest(dataset, item.name(), claims).stream())
                .filter(claim -> !String.valueOf(said(claim, item.name())).startsWith(NO_EQUAL))
                .toList();
        if (speakers.isEmpty()) {
            return null;
        }
        return switch (item.strategy()) {
            case Strategy.Led led -> speakers.getFirst();
            case Strategy.MostRecent recent
            when recent.maxAge() == null ->
                speakers.stream()
                        .reduce((a, b) -> b.asOf().compareTo(a.asOf()) > 0 ? b : a)
                        .orElse(null);
            case Strategy.Agree agree -> agreed(item, agree.sources(), speakers);
            default -> throw new IllegalStateException("the oracle has not learnt how " + item.name() + " is chosen");
        };
    }

    private Claimed agreed(BaseItemPlan item, int wanted, List<Claimed> speakers) {
        Claimed best = speakers.getFirst();
        long most = wanted - 1L;
        for (Claimed speaker : speakers) {
            String value = java.util.Objects.requireNonNull(said(speaker, item.name()));
            long agree = speakers.stream()
                    .filter(other -> alike(item.compare(), value, String.valueOf(said(other, item.name()))))
                    .count();
            if (agree > most) {
                most = agree;
                best = speaker;
            }
        }
        return best;
    }

    private static boolean alike(Comparison how, String a, String b) {
        if (how instanceof Comparison.Number number) {
            BigDecimal one = new BigDecimal(a);
            BigDecimal other = new BigDecimal(b);
            BigDecimal apart = one.subtract(other).abs();
            return apart.compareTo(number.absolute()) <= 0
                    || apart.compareTo(one.abs().max(other.abs()).multiply(number.relative())) <= 0;
        }
        return a.equals(b) || compared(how, a).equals(compared(how, b));
    }

    private Optional<Claimed> latest(String dataset, String item, List<Claimed> claims) {
        Claimed latest = null;
        for (Claimed claim : claims) {
            boolean speaks = claim.dataset().equals(dataset) && said(claim, item) != null;
            if (speaks && (latest == null || LATEST.compare(claim, latest) > 0)) {
                latest = claim;
            }
        }
        return Optional.ofNullable(latest);
    }

    private boolean contradicted(BaseItemPlan item, String winner, String value, List<Claimed> claims) {
        for (String dataset : item.verify()) {
            if (!dataset.equals(winner)) {
                String other = latest(dataset, item.name(), claims)
                        .map(claim -> said(claim, item.name()))
                        .orElse(null);
                if (other != null && !alike(item.compare(), other, value)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * What a row says of its subject in an item of the base database, in that database's code table; items of another role are none of its
     * business. A code that has no equal there says nothing that could be served, and contradicts every other.
     */
    private @Nullable String said(Claimed claim, String item) {
        String written = written(claim, item);
        BaseItemPlan golden = base.items().get(item);
        Map<String, String> codes = golden != null && golden.compare() instanceof Comparison.Code code
                ? code.tables().get(claim.dataset())
                : null;
        return written == null || codes == null ? written : codes.getOrDefault(written, NO_EQUAL + written);
    }

    private @Nullable String written(Claimed claim, String item) {
        String column = columns.computeIfAbsent(new Asked(claim.dataset(), claim.role(), item), this::column);
        return column.isEmpty() ? null : claim.items().get(column);
    }

    /** Where a row has an item; empty: it says nothing of it. */
    private String column(Asked asked) {
        DatasetPlan dataset = plan.datasets().get(asked.dataset());
        if (dataset == null) {
            return "";
        }
        boolean another =
                dataset.subjects().stream().anyMatch(subject -> subject.claims().containsValue(asked.item()));
        return dataset.subjects().stream()
                .filter(subject -> subject.role().equals(asked.role()))
                .map(subject -> subject.claims().get(asked.item()))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(another ? "" : asked.item());
    }

    static String compared(Comparison how, String value) {
        String letters = INVISIBLE
                .matcher(Normalizer.normalize(value, Normalizer.Form.NFKC))
                .replaceAll("")
                .toUpperCase(Locale.ROOT);
        return switch (how) {
            case Comparison.Exact c -> value;
            case Comparison.Number c -> value;
            case Comparison.HanName c -> INTERPUNCT.matcher(letters).replaceAll("·");
            case Comparison.Day c -> until(letters, c.precision());
            case Comparison.Code c -> letters;
            case Comparison.Territory c when c.to() == Comparison.Level.WHOLE -> County.current(letters);
            case Comparison.OrganisationName c ->
                legalForm(letters.replace('〔', '(').replace('〕', ')'));
            default -> throw new IllegalStateException("the oracle has not learnt to compare by " + how);
        };
    }

    /** Of {@code yyyy-MM-dd} and what may follow. */
    private static String until(String day, Comparison.Precision precision) {
        int length = switch (precision) {
            case YEAR -> 4;
            case MONTH -> 7;
            case DAY -> 10;
        };
        return day.length() > length ? day.substring(0, length) : day;
    }

    private static String legalForm(String name) {
        return STOCK.matcher(LIMITED.matcher(name).replaceFirst("有限公司")).replaceFirst("股份公司");
    }
}
