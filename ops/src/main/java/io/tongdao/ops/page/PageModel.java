package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Base;
import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.Catalogue.Agency;
import io.tongdao.contract.catalogue.Theme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** All that the page says, in its order and in words: the template only lays it out. */
public record PageModel(
        String province,
        String day,
        String digest,
        List<Figure> figures,
        List<AgencyEntry> agencies,
        List<BaseEntry> bases,
        List<ThemeEntry> themes,
        List<AssessmentRow> assessments,
        List<StandardEntry> standards) {
    private static final int SHORT_DIGEST = 12;
    /** Up to so many datasets show their items at once. */
    private static final int FEW = 6;

    /** @param unit the measure word */
    public record Figure(String label, int count, String unit) {}

    /** An agency with the datasets that it provides. */
    public record AgencyEntry(
            String id,
            String name,
            String level,
            String division,
            String creditCode,
            String officer,
            List<DatasetEntry> datasets) {}

    public boolean datasetsFew() {
        return agencies.stream().mapToInt(agency -> agency.datasets().size()).sum() <= FEW;
    }

    static PageModel of(Catalogue catalogue, LocalDate today) {
        List<AgencyEntry> agencies = catalogue.agencies().values().stream()
                .map(agency -> agency(catalogue, agency))
                .toList();
        return new PageModel(
                province(catalogue),
                Chinese.day(today),
                catalogue
                        .digest()
                        .substring(0, Math.min(SHORT_DIGEST, catalogue.digest().length())),
                figures(catalogue),
                agencies,
                catalogue.bases().values().stream()
                        .sorted(Comparator.comparing(Base::kind))
                        .map(base -> BaseEntry.of(catalogue, base))
                        .toList(),
                catalogue.themes().values().stream()
                        .sorted(Comparator.comparing(Theme::level))
                        .map(theme -> ThemeEntry.of(catalogue, theme))
                        .toList(),
                AssessmentRow.of(catalogue, today),
                catalogue.standards().values().stream().map(StandardEntry::of).toList());
    }

    private static AgencyEntry agency(Catalogue catalogue, Agency agency) {
        String division = agency.division().id();
        return new AgencyEntry(
                agency.id(),
                agency.name(),
                Chinese.level(agency.level()),
                catalogue.divisions().names().getOrDefault(division, division),
                agency.creditCode().id(),
                agency.officer(),
                catalogue.datasets().values().stream()
                        .filter(dataset -> dataset.provider().id().equals(agency.id()))
                        .map(dataset -> DatasetEntry.of(catalogue, dataset))
                        .toList());
    }

    private static String province(Catalogue catalogue) {
        return catalogue.divisions().names().entrySet().stream()
                .filter(division -> division.getKey().endsWith("0000"))
                .map(java.util.Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static List<Figure> figures(Catalogue catalogue) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("机构", catalogue.agencies().size(), "家"));
        figures.add(new Figure("数据目录", catalogue.datasets().size(), "个"));
        figures.add(new Figure(
                "数据项",
                catalogue.datasets().values().stream()
                        .mapToInt(dataset -> dataset.items().size())
                        .sum(),
                "项"));
        figures.add(new Figure("基础库", catalogue.bases().size(), "个"));
        figures.add(new Figure("主题库", catalogue.themes().size(), "个"));
        figures.add(new Figure("数据标准", catalogue.standards().size(), "项"));
        return figures;
    }
}
