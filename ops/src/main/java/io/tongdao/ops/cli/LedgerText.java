package io.tongdao.ops.cli;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.PurposePlan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.contract.witness.Access;
import io.tongdao.contract.witness.ReleasedUnder;
import io.tongdao.ops.ledger.LedgerAnswer;
import io.tongdao.ops.ledger.LedgerAnswer.Received;
import io.tongdao.ops.ledger.LedgerAnswer.Released;
import io.tongdao.ops.ledger.LedgerAnswer.Verified;
import io.tongdao.ops.page.Chinese;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger on the screen, Chinese first. What left the catalogue since then is called as the ledger calls it. */
final class LedgerText {
    private final PrintWriter out;
    private final Plan plan;

    LedgerText(PrintWriter out, Plan plan) {
        this.out = out;
        this.plan = plan;
    }

    void print(LedgerAnswer answer) {
        Access access = answer.access();
        say(
                "留痕 on record  %s  %s  以 %s 身份，经办 %s，事由 %s%s",
                access.id(),
                ExplainWords.time(access.at()),
                access.who(),
                access.by(),
                access.reason(),
                access.caseNumber() == null ? "" : "，案号 " + access.caseNumber());
        say("");
        switch (answer) {
            case LedgerAnswer.OfSubject subject -> subject(subject);
            case LedgerAnswer.OfGrants grants -> grants(grants);
        }
        out.flush();
    }

    private void subject(LedgerAnswer.OfSubject answer) {
        say("谁收到过该主体的数据 who received this subject's data  %d", answer.received().size());
        answer.received().forEach(this::received);
        say("谁核实过该主体的数据 who verified values of it  %d", answer.verified().size());
        answer.verified().forEach(this::verified);
        say("");
        say("不含：向公众开放的数据（不指向个人）、他人记录中提及该主体的情形、需求单位收到之后的使用");
        say(
                "not in it: what is open to the public, rows about others that name this subject, what consumers did with it");
    }

    private void received(Received one) {
        under(one.under());
        say(
                "      首次 first %s  末次 last %s  提供 records %,d 条  告知撤出 withdrawn %,d 条",
                ExplainWords.time(one.first()), ExplainWords.time(one.last()), one.records(), one.tombstones());
        say("      数据项 items  %s", items(one.under()));
    }

    private void verified(Verified one) {
        say("  %s  核实比对 verify  授权 %s 第 %d 期", agency(one.consumer()), one.grant(), one.epoch());
        say(
                "      首次 first %s  末次 last %s  次数 times %,d  数据项 items  %s",
                ExplainWords.time(one.first()),
                ExplainWords.time(one.last()),
                one.times(),
                one.items().stream().sorted().collect(Collectors.joining("、")));
    }

    private void grants(LedgerAnswer.OfGrants answer) {
        say("提供了多少 what was released  %d", answer.released().size());
        Map<ReleasedUnder, List<Released>> byGrant = answer.released().stream()
                .collect(Collectors.groupingBy(Released::under, LinkedHashMap::new, Collectors.toList()));
        byGrant.forEach((under, released) -> {
            under(under);
            say("      数据项 items  %s", items(under));
            released.forEach(this::released);
        });
    }

    private void released(Released one) {
        say(
                "      %s 至 %s  提供 records %,d 条  告知撤出 withdrawn %,d 条",
                ExplainWords.time(one.from()), ExplainWords.time(one.to()), one.records(), one.tombstones());
    }

    private void under(ReleasedUnder under) {
        say(
                "  %s  %s  用途 %s",
                agency(under.consumer()),
                Arrays.stream(Grant.Kind.values())
                        .filter(kind -> kind.word().equals(under.kind()))
                        .map(GrantWords::kind)
                        .findFirst()
                        .orElse(under.kind()),
                purpose(under.purpose()));
        say(
                "      授权 grant %s 第 %d 期 epoch %d  来源 %s  %s",
                under.grant(),
                under.epoch(),
                under.epoch(),
                table(under.table()),
                under.key().equals("clear") ? "原标识 clear" : "标识替代 token");
    }

    private String items(ReleasedUnder under) {
        GrantTable table = GrantTable.exists(plan, under.table()) ? GrantTable.of(plan, under.table()) : null;
        return under.masks().entrySet().stream()
                .map(item -> item(table == null ? null : table.items().get(item.getKey()), item))
                .collect(Collectors.joining("、"));
    }

    private static String item(GrantTable.@Nullable Item known, Map.Entry<String, String> released) {
        String name = known == null ? released.getKey() : known.label() + ' ' + released.getKey();
        return name + '（' + mask(released.getValue()) + '）';
    }

    private static String mask(String word) {
        return Arrays.stream(Mask.values())
                .filter(mask -> mask.word().equals(word))
                .map(Chinese::mask)
                .findFirst()
                .orElse(word);
    }

    private String agency(String id) {
        Plan.Agency agency = plan.agencies().get(id);
        return agency == null ? id : agency.name() + " (" + id + ')';
    }

    private String purpose(String code) {
        PurposePlan purpose = plan.purposes().get(code);
        return purpose == null ? code : purpose.label() + ' ' + code;
    }

    private String table(String name) {
        DatasetPlan dataset = plan.datasets().get(name);
        ThemePlan theme = plan.theme(name);
        BasePlan base = name.startsWith("base.") ? plan.bases().get(name.substring("base.".length())) : null;
        String title =
                dataset != null ? dataset.title() : theme != null ? theme.title() : base != null ? base.title() : "";
        return title.isEmpty() ? name : '《' + title + "》 " + name;
    }

    private void say(String format, Object... values) {
        out.printf(format + "%n", values);
    }
}
