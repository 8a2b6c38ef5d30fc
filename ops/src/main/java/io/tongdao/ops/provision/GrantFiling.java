package io.tongdao.ops.provision;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantAssessment;
import io.tongdao.contract.grant.GrantFindings;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.grant.GrantTerms;
import io.tongdao.contract.grant.MaskConsent;
import io.tongdao.contract.plan.Plan;
import io.tongdao.release.ReleaseCheck;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an application: filed, incomplete with everything that is missing told at once (art. 33), or refused with all reasons. Pure.
 */
final class GrantFiling {
    private final Plan plan;
    private final Instant now;
    private final BiFunction<Grant, Instant, List<String>> notOpen;

    /** @param notOpen why a grant's incident doesn't let it flow at a time (art. 27) */
    GrantFiling(Plan plan, Instant now, BiFunction<Grant, Instant, List<String>> notOpen) {
        this.plan = plan;
        this.now = now;
        this.notOpen = notOpen;
    }

    /**
     * The version that goes on record.
     *
     * @param known what is on record under this id, null if nothing is
     * @throws GrantRefused with every reason; what is missing besides is told too
     */
    Grant judged(Grant application, @Nullable Grant known) {
        GrantFindings findings = ReleaseCheck.findings(plan, application);
        List<String> refused = new ArrayList<>(findings.refused());
        if (application.kind().taken()) {
            refused.addAll(Receivers.problems(plan, application));
            refused.addAll(dates(application));
            refused.addAll(notOpen.apply(application, now));
            refused.addAll(again(application, known));
        }
        if (!refused.isEmpty()) {
            findings.missing().forEach(line -> refused.add("grant " + application.id() + ": also missing: " + line));
            throw new GrantRefused(refused);
        }
        Grant judged = findings.missing().isEmpty()
                ? application
                : application.heldBack("一次性告知 missing: " + String.join("; ", findings.missing()));
        return known == null ? judged : judged.following(known);
    }

    private static List<String> again(Grant application, @Nullable Grant known) {
        if (known == null) {
            return List.of();
        }
        String is = "grant " + known.id() + " is ";
        if (!GrantLife.mayBeFiled(known.status())) {
            return List.of(is + known.status().word() + ": file under another id");
        }
        boolean others = !known.consumer().isEmpty() && !application.consumer().equals(known.consumer());
        return others ? List.of(is + known.consumer() + "'s: file under another id") : List.of();
    }

    private List<String> dates(Grant grant) {
        List<String> problems = new ArrayList<>();
        if (grant.terms().over(now)) {
            problems.add("grant " + grant.id() + ": until lies in the past");
        }
        LocalDate today = GrantTerms.day(now);
        for (Map.Entry<String, MaskConsent> consent : grant.papers().consents().entrySet()) {
            LocalDate on = consent.getValue().on();
            if (on != null && on.isAfter(today)) {
                problems.add("grant %s: the consent for item %s is dated %s, which is still to come"
                        .formatted(grant.id(), consent.getKey(), on));
            }
        }
        GrantAssessment assessment = grant.papers().assessment();
        LocalDate on = assessment == null ? null : assessment.on();
        if (on != null && on.isAfter(today)) {
            problems.add("grant %s: the assessment is dated %s, which is still to come".formatted(grant.id(), on));
        }
        return problems;
    }
}
