package io.tongdao.ops.page;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.Dataset;
import io.tongdao.contract.catalogue.Dataset.Assessment;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An assessment and when it expires, the next one first.
 *
 * @param days from today to its last day; negative: expired
 * @param urgency {@code expired}, {@code soon} (90 days), {@code sound}
 */
public record AssessmentRow(
        String datasetId,
        String dataset,
        String agency,
        String kind,
        String result,
        String on,
        String until,
        long days,
        String urgency) {
    private static final int SOON = 90;

    static List<AssessmentRow> of(Catalogue catalogue, LocalDate today) {
        List<AssessmentRow> rows = new ArrayList<>();
        for (Dataset dataset : catalogue.datasets().values()) {
            rows.add(row(catalogue, dataset, "保密审查", dataset.assessments().secrecy(), today));
            rows.add(row(catalogue, dataset, "个人信息保护影响评估", dataset.assessments().personalInformation(), today));
        }
        rows.sort(Comparator.comparingLong(AssessmentRow::days));
        return rows;
    }

    private static AssessmentRow row(
            Catalogue catalogue, Dataset dataset, String kind, Assessment assessment, LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, assessment.until());
        return new AssessmentRow(
                dataset.id(),
                dataset.title(),
                DatasetEntry.agency(catalogue, dataset.provider()),
                kind,
                Chinese.assessment(assessment.result()),
                Chinese.day(assessment.on()),
                Chinese.day(assessment.until()),
                days,
                days < 0 ? "expired" : days <= SOON ? "soon" : "sound");
    }
}
