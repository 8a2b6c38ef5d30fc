package io.tongdao.contract.grant;

import io.tongdao.contract.grant.Grant.Kind;
import io.tongdao.contract.plan.Grade;
import io.tongdao.contract.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the papers of a grant lack (art. 32): everything at once, as the applicant is to be told it (art. 33). */
final class MissingPapers {
    private final Plan plan;
    private final Grant grant;
    private final List<String> missing = new ArrayList<>();

    private MissingPapers(Plan plan, Grant grant) {
        this.plan = plan;
        this.grant = grant;
    }

    /** @param table the source, null if there is no such table */
    static List<String> of(Plan plan, Grant grant, @Nullable GrantTable table) {
        MissingPapers papers = new MissingPapers(plan, grant);
        papers.contents();
        papers.ofItsKind();
        if (table != null) {
            grant.papers()
                    .consents()
                    .forEach((item, consent) -> papers.opinion(table.items().get(item), consent));
        }
        papers.assessment(table);
        return papers.missing;
    }

    private void contents() {
        blank(grant.consumer(), "数据需求单位 consumer: the agency that receives");
        blank(grant.table(), "共享数据 table: a dataset, base.<name> or theme.<database>.<table>");
        when(grant.items().isEmpty(), "使用范围 items: {item: mask}, at least one");
        blank(
                grant.purpose(),
                "使用用途 purpose: one of " + String.join(", ", plan.purposes().keySet()));
        blank(grant.papers().legalBasis(), "使用依据 legal_basis: the law, regulation or duty that it rests on");
        blank(grant.papers().scenario(), "使用场景 scenario: for which business it is needed");
        when(!grant.terms().ends(), "使用时限 until: the day on which it ends, 2027-12-31");
        when(
                grant.delivery().isEmpty(),
                "共享方式 delivery: "
                        + Arrays.stream(Grant.Delivery.values())
                                .map(way -> way.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ", "[", "]")));
    }

    private void ofItsKind() {
        boolean territory = grant.territory().isEmpty() || grant.territoryItem().isEmpty();
        when(grant.kind() == Kind.RETURN && territory, "回流地域 territory: {division: code, item: the item of its basis}");
        when(
                grant.kind() == Kind.EMERGENCY && grant.papers().incident().isBlank(),
                "突发事件 incident: the id of the incident that it serves");
    }

    /** A consent that is begun must be whole; where none is needed, none is asked for. */
    private void opinion(GrantTable.@Nullable Item item, MaskConsent consent) {
        if (item == null || !LooserMasks.needed(grant, item)) {
            return;
        }
        String head = "提供单位意见 consent." + item.name();
        Set<String> silent = new TreeSet<>(item.providers());
        silent.removeAll(consent.by());
        when(!silent.isEmpty(), head + ".by: also " + String.join(", ", silent));
        blank(consent.document(), head + ".document: where the consent is written");
        when(consent.on() == null, head + ".on: its date");
    }

    private void assessment(@Nullable GrantTable table) {
        GrantAssessment given = grant.papers().assessment();
        if (given == null) {
            when(
                    table != null && table.grade() != Grade.GENERAL,
                    "重要数据评估 assessment: {document, result, on, until}; " + grant.table()
                            + " holds important data, which is assessed for each grant");
            return;
        }
        blank(given.document(), "重要数据评估 assessment.document: where the assessment is written");
        blank(given.result(), "重要数据评估 assessment.result: " + GrantAssessment.ACCEPTABLE);
        when(given.on() == null, "重要数据评估 assessment.on: its date");
        when(given.until() == null, "重要数据评估 assessment.until: up to when it holds");
    }

    private void blank(String text, String what) {
        when(text.isBlank(), what);
    }

    private void when(boolean lacking, String what) {
        if (lacking) {
            missing.add(what);
        }
    }
}
