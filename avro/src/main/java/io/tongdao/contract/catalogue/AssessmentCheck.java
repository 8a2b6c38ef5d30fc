package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Dataset.Assessment;
import io.tongdao.contract.identity.SubjectKind;
import java.time.LocalDate;

/** State secrets never enter (art. 2), personal data only when assessed, and no assessment holds for ever. */
final class AssessmentCheck implements Check {
    @Override
    public void run(Scope scope, Problems problems) {
        for (Dataset dataset : scope.catalogue().datasets().values()) {
            secrecy(dataset.assessments().secrecy(), problems);
            personal(dataset, problems);
            validity(dataset.assessments().secrecy(), "secrecy", scope.today(), problems);
            validity(dataset.assessments().personalInformation(), "personal_information", scope.today(), problems);
        }
    }

    private static void secrecy(Assessment secrecy, Problems problems) {
        if (!secrecy.result().isEmpty() && !secrecy.result().equals("none")) {
            problems.add(
                    secrecy.at(),
                    CheckCode.SECRECY_REFUSED,
                    "only what was assessed as no secret enters the exchange (art. 2): take this dataset out, or assess it with"
                            + " result: none");
        }
    }

    private static void personal(Dataset dataset, Problems problems) {
        Assessment personal = dataset.assessments().personalInformation();
        boolean persons = dataset.subjects().stream().anyMatch(subject -> subject.kind() == SubjectKind.PERSON);
        boolean sound = personal.result().equals("acceptable")
                || (!persons && personal.result().equals("not_applicable"));
        if (!personal.result().isEmpty() && !sound) {
            problems.add(
                    personal.at(),
                    CheckCode.ASSESSMENT_PERSONAL,
                    "the impact on personal information is not assessed as acceptable: write result: acceptable once it is"
                            + (persons ? "" : ", or not_applicable"));
        }
    }

    /** An assessment whose result must be acceptable, and holds today. */
    static void acceptable(Assessment assessment, String name, LocalDate today, CheckCode code, Problems problems) {
        if (!assessment.result().isEmpty() && !assessment.result().equals("acceptable")) {
            problems.add(
                    assessment.at(),
                    code,
                    "the " + name
                            + " risk is not assessed as acceptable: leave items out until it is, and write result:"
                            + " acceptable");
        }
        validity(assessment, name, today, problems);
    }

    private static void validity(Assessment assessment, String name, LocalDate today, Problems problems) {
        boolean dated =
                !assessment.on().equals(LocalDate.MAX) && !assessment.until().equals(LocalDate.MAX);
        if (dated && (assessment.until().isBefore(today) || assessment.until().isBefore(assessment.on()))) {
            problems.add(
                    assessment.at(),
                    CheckCode.ASSESSMENT_EXPIRED,
                    "the " + name + " assessment no longer holds: assess again and set on and until");
        }
    }
}
