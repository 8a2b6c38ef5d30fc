package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Agency.Level;
import io.tongdao.contract.catalogue.Theme.Counted;
import io.tongdao.contract.catalogue.Theme.Join;
import io.tongdao.contract.catalogue.Theme.Table;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.ThemePlan.Function;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Thematic databases (art. 12): where their rows come from, what stands beside them, and that putting it together was assessed (art. 25). */
final class ThemeCheck implements Check {
    /** The province's, as art. 12 lists them. */
    static final Set<String> PROVINCE = Set.of(
            "health_care",
            "government_services",
            "social_security",
            "ecology",
            "credit",
            "emergency",
            "state_assets",
            "financing");

    @Override
    public void run(Scope scope, Problems problems) {
        for (Theme theme : scope.catalogue().themes().values()) {
            database(scope, theme, problems);
            theme.tables().values().forEach(table -> table(scope, theme, table, problems));
        }
    }

    private static void database(Scope scope, Theme theme, Problems problems) {
        if (theme.level() == Level.PROVINCE && !theme.name().isEmpty() && !PROVINCE.contains(theme.name())) {
            problems.add(
                    theme.at(),
                    CheckCode.THEME_DATABASE,
                    "art. 12 has no thematic database \"" + theme.name() + "\" of the province"
                            + Nearest.hint(theme.name(), new TreeSet<>(PROVINCE)));
        }
        if (theme.division().blank()) {
            return;
        }
        if (!scope.knows(theme.division().id())) {
            problems.add(
                    theme.division().at(),
                    CheckCode.REF_DIVISION,
                    "division " + theme.division().id() + " of theme " + theme.name()
                            + " is not in divisions.csv: use a code in force");
        } else if (RegisterCheck.level(theme.division().id()) != theme.level()) {
            problems.add(
                    theme.division().at(),
                    CheckCode.THEME_LEVEL,
                    "theme " + theme.name() + " is not of the level of its division "
                            + theme.division().id() + ": correct one of them");
        }
    }

    private static void table(Scope scope, Theme theme, Table table, Problems problems) {
        Optional<ThemeSource> rows = ThemeSource.of(scope, table.rows(), problems);
        Set<String> names = new HashSet<>();
        rows.ifPresent(source -> {
            items(source, table.items(), names, table, problems);
            territory(theme, table, source, problems);
            table.beside().forEach(join -> join(scope, source, join, names, table, problems));
            table.counts().forEach(counted -> counted(scope, source, counted, names, table, problems));
            together(scope, table, source, problems);
        });
    }

    private static void items(
            ThemeSource source, Map<String, Ref> items, Set<String> names, Table table, Problems problems) {
        items.forEach((name, of) -> {
            source.item(of, problems);
            name(name, of.at(), names, table, problems);
        });
    }

    private static void name(String name, Place at, Set<String> names, Table table, Problems problems) {
        if (!names.add(name)) {
            problems.add(
                    at,
                    CheckCode.THEME_ITEM,
                    "table " + table.name() + " has an item " + name + " already: name one of them otherwise, as {"
                            + name + "_2: " + name + "}");
        }
    }

    /** A lower level's table holds only what lies in its territory, on one declared basis. */
    private static void territory(Theme theme, Table table, ThemeSource rows, Problems problems) {
        boolean needed = theme.level() != Level.PROVINCE;
        boolean fits = table.territory().blank()
                ? !needed
                : needed && rows.territories().contains(table.territory().id());
        if (!fits && rows.certain()) {
            problems.add(
                    table.territory().blank() ? table.at() : table.territory().at(),
                    CheckCode.THEME_TERRITORY,
                    needed
                            ? "a table of a lower level is limited to its territory: write territory: with a basis that "
                                    + table.rows().id() + " declares, "
                                    + (rows.territories().isEmpty() ? "which has none" : rows.territories())
                            : "the province's tables are not limited to a territory: take territory out");
        }
    }

    private static void join(
            Scope scope, ThemeSource rows, Join join, Set<String> names, Table table, Problems problems) {
        ThemeSource.of(scope, join.of(), problems).ifPresent(source -> {
            items(source, join.items(), names, table, problems);
            if (join.by().blank()) {
                if (source.kinds().stream().noneMatch(rows.kinds()::contains)) {
                    problems.add(
                            join.at(),
                            CheckCode.THEME_JOIN,
                            join.of().id() + " is not about " + words(rows.kinds())
                                    + "s as the rows are: name the item with its subject's identifier, by: …");
                }
            } else {
                foreign(rows, source, join, problems);
            }
            if (!source.single()) {
                problems.add(
                        join.at(),
                        CheckCode.THEME_JOIN,
                        join.of().id()
                                + " has several rows a subject and no as_of, so none stands beside a row: count or sum"
                                + " them under counts, or give the dataset an as_of");
            }
        });
    }

    private static void foreign(ThemeSource rows, ThemeSource source, Join join, Problems problems) {
        Optional<ItemType> by = rows.item(join.by(), problems);
        boolean finds =
                by.isEmpty() || source.kinds().stream().anyMatch(kind -> SubjectCheck.identifies(by.get(), kind));
        if (!finds) {
            problems.add(
                    join.by().at(),
                    CheckCode.THEME_JOIN,
                    "item " + join.by().id() + " does not identify " + words(source.kinds()) + "s, which "
                            + join.of().id() + " is about: name an item with such an identifier");
        }
    }

    private static void counted(
            Scope scope, ThemeSource rows, Counted counted, Set<String> names, Table table, Problems problems) {
        name(counted.name(), counted.at(), names, table, problems);
        Optional<ThemeSource> source = ThemeSource.of(scope, counted.of(), problems);
        if (source.isEmpty()) {
            return;
        }
        boolean counts = counted.function() == Function.COUNT;
        Optional<ItemType> type =
                counted.item().blank() ? Optional.empty() : source.get().item(counted.item(), problems);
        boolean fits = switch (counted.function()) {
            case COUNT -> counted.item().blank();
            case SUM -> !counted.item().blank() && type.map(ThemeCheck::number).orElse(true);
            case LEAST, GREATEST ->
                !counted.item().blank()
                        && type.map(of -> number(of) || of instanceof ItemType.Date || of instanceof ItemType.Timestamp)
                                .orElse(true);
            case VALUE -> false;
        };
        boolean same = source.get().kinds().stream().anyMatch(rows.kinds()::contains);
        if (!fits || !same || source.get().golden()) {
            problems.add(
                    counted.at(),
                    CheckCode.THEME_COUNT,
                    (counts ? "count " : "figure ") + counted.name()
                            + ": write {of: agency.dataset} to count the rows that a dataset has of the same subject, or {function:"
                            + " sum, of: …, item: …} with a number (least and greatest take dates too)");
        }
    }

    private static boolean number(ItemType type) {
        return type instanceof ItemType.Int || type instanceof ItemType.BigInt || type instanceof ItemType.Decimal;
    }

    private static void together(Scope scope, Table table, ThemeSource rows, Problems problems) {
        List<Ref> others = Stream.concat(
                        table.beside().stream().map(Join::of),
                        table.counts().stream().map(Counted::of))
                .filter(ref -> !ref.id().equals(table.rows().id()))
                .toList();
        int highest = ThemeLevels.highest(scope, table);
        if (table.raisesTo() != 0 && table.raisesTo() <= highest) {
            problems.add(
                    table.at(),
                    CheckCode.THEME_RAISES,
                    "raises_to " + table.raisesTo() + " of table " + table.name() + " is no rise: an item has level "
                            + highest + " already; write a higher one, or take it out");
        }
        boolean lifts = highest > ThemeLevels.ofRows(scope, table) || table.raisesTo() != 0;
        if (table.aggregation() == null && (!others.isEmpty() || lifts)) {
            problems.add(
                    table.at(),
                    CheckCode.THEME_ASSESSMENT,
                    "table " + table.name() + " puts "
                            + (others.isEmpty() ? "all of a subject's rows" : "data of several sources") + " together"
                            + (lifts ? ", which raises the level of its rows" : "")
                            + ", and the risk of that was not assessed (art. 25): add aggregation: {result: acceptable, on: …,"
                            + " until: …}" + (lifts ? "" : ", and raises_to: if it raises the level"));
        } else if (table.aggregation() != null) {
            AssessmentCheck.acceptable(
                    table.aggregation(), "aggregation", scope.today(), CheckCode.THEME_ASSESSMENT, problems);
        }
        if (rows.purposes(others).filter(List::isEmpty).isPresent()) {
            problems.add(
                    table.at(),
                    CheckCode.THEME_PURPOSE,
                    "the sources of table " + table.name()
                            + " have no purpose in common, so nobody could ever get it: let each provider allow one that the"
                            + " others do");
        }
    }

    private static String words(Set<SubjectKind> kinds) {
        return String.join(
                " or ", kinds.stream().map(SubjectKind::word).sorted().toList());
    }
}
