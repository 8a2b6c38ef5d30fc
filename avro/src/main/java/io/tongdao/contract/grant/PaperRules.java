package io.tongdao.contract.grant;

import io.tongdao.contract.grant.Grant.Kind;
import io.tongdao.contract.plan.Plan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with the papers of a grant, whatever table it is of. What they lack is for {@link MissingPapers} to tell. */
final class PaperRules {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private final Grant grant;
    private final List<String> problems = new ArrayList<>();

    private PaperRules(Grant grant) {
        this.grant = grant;
    }

    static List<String> refusals(Plan plan, Grant grant) {
        PaperRules rules = new PaperRules(grant);
        rules.contents(plan);
        rules.assessment();
        return rules.problems;
    }

    private void contents(Plan plan) {
        if (!ID.matcher(grant.id()).matches()) {
            say("id %s: use lower-case letters and digits, parts joined by a single hyphen", grant.id());
        }
        if (!grant.consumer().isBlank() && !plan.agencies().containsKey(grant.consumer())) {
            say("consumer %s is no agency of the catalogue: add it to agencies.yaml", grant.consumer());
        }
        if (!grant.purpose().isBlank() && !plan.purposes().containsKey(grant.purpose())) {
            say(
                    "purpose %s is no closed code; there are: %s",
                    grant.purpose(), String.join(", ", plan.purposes().keySet()));
        }
        if (grant.terms().ends() && !grant.until().isAfter(grant.from())) {
            say("until must lie after from: a grant has an end");
        }
        if (grant.partitions() < 1 || grant.terms().bytesPerSecond() < 1) {
            say("a grant needs at least one partition and one byte a second");
        }
        incident();
    }

    private void incident() {
        String incident = grant.papers().incident();
        if (!incident.isEmpty() && grant.kind() != Kind.EMERGENCY) {
            say("incident %s: only an emergency has one; file it as kind emergency, or leave it out", incident);
        } else if (!incident.isEmpty() && !ID.matcher(incident).matches()) {
            say("incident %s: use lower-case letters and digits, parts joined by a single hyphen", incident);
        }
    }

    private void assessment() {
        GrantAssessment assessment = grant.papers().assessment();
        if (assessment == null) {
            return;
        }
        if (!assessment.result().isBlank() && !assessment.result().equals(GrantAssessment.ACCEPTABLE)) {
            say("the assessment's result is %s: only what is assessed as acceptable is shared", assessment.result());
        }
        LocalDate until = assessment.until();
        if (until != null && grant.terms().ends() && grant.until().isAfter(GrantTerms.begin(until))) {
            say("it would run beyond its assessment, which holds until %s: end it by then, or assess again", until);
        }
    }

    private void say(String text, Object... values) {
        problems.add("grant " + grant.id() + ": " + text.formatted(values));
    }
}
