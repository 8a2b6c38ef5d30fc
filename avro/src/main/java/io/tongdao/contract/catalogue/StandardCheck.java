package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Catalogue.Mapping;
import io.tongdao.contract.catalogue.Catalogue.Standard;
import io.tongdao.contract.catalogue.Catalogue.Version;
import io.tongdao.contract.plan.StandardPlan;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Versions of a standard follow each other (art. 18), and what points to one finds it. */
final class StandardCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        Map<String, Standard> standards = scope.catalogue().standards();
        for (Standard standard : standards.values()) {
            periods(standard, problems);
            standard.maps().forEach((table, mapping) -> {
                Standard other = standards.get(table);
                if (other != null) {
                    mapping(standard, other, mapping, problems);
                } else if (!scope.partial("standards")) {
                    problems.add(
                            mapping.at(),
                            CheckCode.REF_STANDARD,
                            "there is no standard \"" + table + "\"" + Nearest.hint(table, standards.keySet()));
                }
            });
        }
    }

    /** Every code of the other table that is listed is one of this table's. */
    private static void mapping(Standard own, Standard other, Mapping mapping, Problems problems) {
        Set<String> wanting = codes(other);
        wanting.removeAll(mapping.codes().keySet());
        Set<String> strange = new TreeSet<>(mapping.codes().keySet());
        strange.removeAll(codes(other));
        Set<String> unknown = new TreeSet<>();
        mapping.codes().values().forEach(code -> unknown.add(code.id()));
        unknown.removeAll(codes(own));
        String wrong = !wanting.isEmpty()
                ? "leaves out " + String.join(", ", wanting) + " of it"
                : !strange.isEmpty() && whole(other)
                        ? "names " + String.join(", ", strange) + ", which it has not"
                        : !unknown.isEmpty() && whole(own)
                                ? "leads to " + String.join(", ", unknown) + ", which " + own.id() + " has not"
                                : "";
        if (!wrong.isEmpty()) {
            problems.add(
                    mapping.at(),
                    CheckCode.STANDARD_MAPPING,
                    "the mapping of " + other.id() + " " + wrong + ": write each of its codes with the one of "
                            + own.id() + " that means the same");
        }
    }

    private static Set<String> codes(Standard standard) {
        Set<String> codes = new TreeSet<>();
        standard.versions().forEach(version -> codes.addAll(version.codes().keySet()));
        return codes;
    }

    private static boolean whole(Standard standard) {
        return standard.versions().stream().noneMatch(Version::excerpt);
    }

    private static void periods(Standard standard, Problems problems) {
        Version before = null;
        for (Version version : standard.versions()) {
            boolean ends = version.until().isBefore(version.from());
            boolean overlaps = before != null
                    && (before.from().equals(version.from())
                            || (!before.until().equals(LocalDate.MAX)
                                    && !before.until().isBefore(version.from())));
            if (ends || overlaps) {
                problems.add(
                        version.at(),
                        CheckCode.STANDARD_PERIOD,
                        "version " + version.version() + " of " + standard.id()
                                + (ends ? " ends before it begins" : " begins while another is still in force")
                                + ": correct from and until");
            }
            before = version;
        }
    }

    /** Whether a reference finds a version: the one that it names, else one in force today. */
    static void version(Standard standard, Ref reference, LocalDate today, Problems problems) {
        String named = StandardPlan.versionOf(reference.id());
        List<String> versions =
                standard.versions().stream().map(Version::version).toList();
        if (!named.isEmpty() && !versions.contains(named)) {
            problems.add(
                    reference.at(),
                    CheckCode.STANDARD_VERSION,
                    standard.id() + " has no version \"" + named + "\"" + Nearest.hint(named, versions));
        } else if (named.isEmpty()
                && !versions.isEmpty()
                && compiled(standard).version("", today).isEmpty()) {
            problems.add(
                    reference.at(),
                    CheckCode.STANDARD_VERSION,
                    "no version of " + standard.id() + " is in force today: write " + standard.id() + "@"
                            + versions.getLast() + ", or add the new version");
        }
    }

    /** Where a version's end is left open, the next one ends it. */
    static StandardPlan compiled(Standard standard) {
        List<StandardPlan.Version> versions = new java.util.ArrayList<>();
        for (int i = 0; i < standard.versions().size(); i++) {
            Version version = standard.versions().get(i);
            boolean last = i + 1 == standard.versions().size();
            LocalDate until = last || !version.until().equals(LocalDate.MAX)
                    ? version.until()
                    : standard.versions().get(i + 1).from().minusDays(1);
            versions.add(new StandardPlan.Version(
                    version.version(),
                    version.from(),
                    until,
                    version.excerpt(),
                    PlanCompiler.each(version.codes(), Ref::id),
                    version.formats()));
        }
        return new StandardPlan(standard.id(), standard.title(), standard.kind(), List.copyOf(versions));
    }
}
