package io.tongdao.ops.cli;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.grant.GrantAssessment;
import io.tongdao.contract.grant.GrantFindings;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.grant.GrantStep;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.grant.MaskConsent;
import io.tongdao.contract.plan.FileTerms;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.page.Chinese;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A grant as an official reads it: everything on record, what is missing, and what can come next. Pure. */
final class GrantText {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.of("Asia/Shanghai"));
    private final Plan plan;
    private final Grant grant;
    private final List<String> lines = new ArrayList<>();

    private GrantText(Plan plan, Grant grant) {
        this.plan = plan;
        this.grant = grant;
    }

    /**
     * @param findings what stands against it by the catalogue in force
     * @param waiting the providers that have not approved
     */
    static List<String> of(Plan plan, Grant grant, GrantFindings findings, Collection<String> waiting) {
        GrantText text = new GrantText(plan, grant);
        text.head();
        text.scope();
        text.papers();
        text.terms();
        text.approvals(waiting);
        text.against(findings);
        text.life();
        text.next(waiting);
        return text.lines;
    }

    /** What an applicant is told at once (art. 33). */
    static List<String> lacks(Collection<String> missing) {
        return missing.stream().map(line -> "缺少 missing         " + line).toList();
    }

    /** Of one that is over nothing is asked any more. */
    private void against(GrantFindings findings) {
        if (!GrantLife.over(grant.status())) {
            lines.addAll(lacks(findings.missing()));
            findings.refused().forEach(line -> say("不符合目录 refused     %s", line));
        }
    }

    private void head() {
        say("授权 grant           %s", grant.id());
        say("类型 kind            %s", GrantWords.kind(grant.kind()));
        say("状态 status          %s", GrantWords.status(grant.status()));
        say("数据需求单位 consumer  %s", agency(grant.consumer()));
        if (GrantLife.flows(grant.status())) {
            say("主题 topic           %s", grant.topic());
        }
    }

    private void scope() {
        say("共享数据 table        %s", grant.table());
        GrantTable table = GrantTable.exists(plan, grant.table()) ? GrantTable.of(plan, grant.table()) : null;
        grant.items()
                .forEach((name, mask) ->
                        item(table == null ? null : table.items().get(name), name, mask));
        optional("筛选 filter          %s", grant.filter());
        optional("回流地域 territory    %s", (grant.territory() + " " + grant.territoryItem()).strip());
        say("标识 key             %s", GrantWords.key(grant.key()));
    }

    private void item(GrantTable.@Nullable Item item, String name, Mask mask) {
        String label = item == null ? "" : item.label() + " ";
        say("  数据项 item         %s%s：%s %s", label, name, Chinese.mask(mask), mask.word());
        MaskConsent consent = grant.papers().consents().get(name);
        if (consent != null) {
            say(
                    "    同意 consent      %s，%s，%s",
                    String.join(", ", consent.by()), consent.document(), GrantWords.day(consent.on()));
        }
    }

    private void papers() {
        var purpose = plan.purposes().get(grant.purpose());
        say("使用用途 purpose      %s%s", purpose == null ? "" : purpose.label() + " ", grant.purpose());
        say("使用依据 legal_basis  %s", grant.papers().legalBasis());
        say("使用场景 scenario     %s", grant.papers().scenario());
        optional("突发事件 incident     %s", grant.papers().incident());
        GrantAssessment assessment = grant.papers().assessment();
        if (assessment != null) {
            say(
                    "重要数据评估 assessment %s，%s，%s 至 %s",
                    assessment.document(),
                    assessment.result(),
                    GrantWords.day(assessment.on()),
                    GrantWords.day(assessment.until()));
        }
    }

    private void terms() {
        String until = grant.terms().ends() ? time(grant.until()) : "";
        say("使用时限 from, until  %s 至 %s", time(grant.from()), until);
        say(
                "共享方式 delivery     %s；分区 partitions %d；限速 bytes_per_second %d",
                grant.delivery().stream().map(GrantWords::delivery).collect(Collectors.joining("、")),
                grant.partitions(),
                grant.terms().bytesPerSecond());
        FileTerms files = grant.terms().files();
        if (files != null) {
            say("文件 files            %s", files.text());
        }
    }

    private void approvals(Collection<String> waiting) {
        for (Map.Entry<String, String> approval : grant.approvals().entrySet()) {
            say("已同意 approved       %s：%s", agency(approval.getKey()), approval.getValue());
        }
        if (grant.status() == Status.FILED) {
            waiting.forEach(agency -> say("待答复 waits for      %s", agency(agency)));
        }
    }

    private void life() {
        for (GrantStep step : grant.steps()) {
            say(
                    "经过 step            %s  %s  e%d  %s：%s",
                    time(step.at()), GrantWords.status(step.status()), step.epoch(), step.by(), step.reason());
        }
    }

    private void next(Collection<String> waiting) {
        List<String> next = GrantLife.steps(grant.status()).stream()
                .flatMap(to -> way(to, waiting).stream())
                .toList();
        next.forEach(way -> say("下一步 next           %s", way));
        if (next.isEmpty()) {
            say("下一步 next           无，已办结 nothing, it is over");
        }
    }

    private List<String> way(Status to, Collection<String> waiting) {
        String id = grant.id();
        return switch (to) {
            case FILED -> List.of("补正或修改后重新提交 tongdao grant file FILE");
            case APPROVED ->
                waiting.stream()
                        .map(agency -> "同意 tongdao grant approve " + id + " --agency " + agency)
                        .toList();
            case ACTIVE ->
                grant.status() == Status.SUSPENDED
                        ? List.of("恢复 tongdao grant resume " + id)
                        : List.of("自动生效 by itself: " + time(grant.from()));
            case SUSPENDED -> List.of("暂停 tongdao grant suspend " + id);
            case ENDED -> List.of("终止 tongdao grant end " + id);
            case WITHDRAWN -> List.of("撤回 tongdao grant withdraw " + id + " --agency " + grant.consumer());
            case EXPIRED ->
                grant.terms().ends() ? List.of("自动到期 by itself: " + time(grant.until())) : List.<String>of();
            case INCOMPLETE -> List.of();
        };
    }

    private String agency(String id) {
        Plan.Agency agency = plan.agencies().get(id);
        return agency == null ? id : agency.name() + " (" + id + ")";
    }

    private static String time(Instant at) {
        return MINUTES.format(at);
    }

    private void optional(String form, String value) {
        if (!value.isEmpty()) {
            say(form, value);
        }
    }

    private void say(String form, Object... values) {
        lines.add(form.formatted(values).stripTrailing());
    }
}
