package io.tongdao.ops.cli;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.witness.Access;
import io.tongdao.ops.explain.Answer;
import io.tongdao.reconcile.Explanation;
import io.tongdao.reconcile.Explanation.Change;
import io.tongdao.reconcile.SubjectLog;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.GoldenRecord;
import io.tongdao.reconcile.rule.OpenConflict;
import io.tongdao.reconcile.rule.Review;
import io.tongdao.reconcile.rule.Testimony;
import io.tongdao.reconcile.rule.Withdrawn;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An answer on the screen, Chinese first. */
final class ExplainText {
    /** An organisation may have 100,000 rows. */
    private static final int SHOWN = 20;

    private static final int CHANGES = 50;
    private final PrintWriter out;
    private final Plan plan;
    private final ExplainWords words;

    ExplainText(PrintWriter out, Plan plan) {
        this.out = out;
        this.plan = plan;
        this.words = new ExplainWords(plan);
    }

    void print(Answer answer) {
        Access access = answer.access();
        say("主体 subject  %s", answer.subject());
        say(
                "留痕 on record  %s  %s  以 %s 身份，经办 %s，事由 %s%s",
                access.id(),
                ExplainWords.time(access.at()),
                access.who(),
                access.by(),
                access.reason(),
                access.caseNumber() == null ? "" : "，案号 " + access.caseNumber());
        switch (answer) {
            case Answer.Whole whole -> whole(whole);
            case Answer.Own own -> own(own);
        }
        out.flush();
    }

    private void whole(Answer.Whole whole) {
        if (!whole.successor().isEmpty()) {
            say("");
            say("该号码已变更 by the issuing agency's record this number has become  %s", whole.successor());
        }
        whole.former().forEach(former -> say("曾用号码 formerly  %s", former));
        if (!whole.known()) {
            say("");
            say("无任何来源的数据 no source says anything about this subject");
        }
        whole.explanation().records().stream()
                .filter(record ->
                        record.golden().exists() || !record.testimonies().isEmpty())
                .forEach(this::record);
        apart(whole.explanation());
        discrepancies(whole.discrepancies());
        whole.objections()
                .forEach(one -> say(
                        "  异议 objection  %s.%s  %s 提出，%s：%s",
                        one.base(), one.item(), one.by(), ExplainWords.time(one.at()), one.reason()));
        whole.rulings()
                .forEach(one -> say(
                        "  裁定 ruling  %s.%s  %s，%s 作出，%s：%s",
                        one.base(), one.item(), one.decision(), one.by(), ExplainWords.time(one.at()), one.reason()));
        reviews(whole.reviews());
        changes(whole.explanation().changes());
        if (!whole.explanation().exact()) {
            say("");
            say(
                    "注意：与校核环节所发布的版本不同，规则可能正在重算，请稍后再查 differs from what the stage has written last: it may be applying other rules; ask again");
        }
    }

    private void record(Explanation.Record record) {
        BasePlan base = record.base();
        say("");
        say(
                "%s base.%s  版本 %d.%d",
                base.title(),
                base.name(),
                record.ver().generation(),
                record.ver().counter());
        base.items().values().forEach(item -> {
            GoldenRecord.Item golden = record.golden().items().get(item.name());
            List<Testimony> said = record.of(item.name());
            if (golden != null || !said.isEmpty()) {
                boolean disputed = record.golden().disputed().contains(item.name());
                say(
                        "  %s %s  %s%s",
                        item.label(),
                        item.name(),
                        words.value(item.type(), golden == null ? null : golden.value()),
                        disputed ? "  【有疑义】" : "");
                if (golden != null) {
                    say(
                            "      来源 %s  自 %s  规则 %s",
                            words.source(golden.dataset()),
                            ExplainWords.time(golden.at()),
                            ExplainWords.rule(golden.rule()));
                }
                others(item.type(), said);
            }
        });
        record.conflicts().stream().filter(conflict -> !conflict.told()).forEach(conflict -> grace(base, conflict));
    }

    private void others(ItemType type, List<Testimony> said) {
        List<Testimony> others = said.stream()
                .filter(one -> one.standing() != Testimony.Standing.SERVED)
                .toList();
        others.stream()
                .limit(SHOWN)
                .forEach(one -> say(
                        "      其他 %s  %s  自 %s  %s",
                        ExplainWords.standing(one.standing()),
                        words.value(type, one.value()),
                        ExplainWords.time(one.claim().at()),
                        words.source(one.claim().dataset())));
        more(others.size() - SHOWN);
    }

    private void more(int left) {
        if (left > 0) {
            say("      另有 %,d 条 more", left);
        }
    }

    private void grace(BasePlan base, OpenConflict conflict) {
        say(
                "  宽限期内 within its grace  %s.%s  自 %s，至 %s 仍在即通知",
                base.name(),
                conflict.conflict().item(),
                ExplainWords.time(conflict.since()),
                ExplainWords.time(Instant.ofEpochMilli(conflict.due())));
    }

    private void apart(Explanation explanation) {
        explanation
                .apart()
                .forEach(one -> say(
                        "  未采信 set aside  %s  %s",
                        words.source(one.claim().dataset()), one.settled() ? "经裁定非同一主体" : "疑似错号，待复核"));
    }

    private void discrepancies(List<Discrepancy> all) {
        say("");
        say("疑义 discrepancies  %d", all.stream().filter(Discrepancy::stands).count());
        all.forEach(one -> {
            say(
                    "  %s  %s  自 %s%s%s",
                    words.disputed(one),
                    ExplainWords.state(one),
                    ExplainWords.time(one.since()),
                    one.reopened() > 0 ? "，第 " + (one.reopened() + 1) + " 次出现" : "",
                    one.objected() ? "，有异议" : "");
            one.sources().forEach(source -> say("      涉及 %s", words.source(source)));
            say("      通知 %s", String.join("、", one.addressees()));
        });
    }

    private void reviews(List<Review> reviews) {
        reviews.forEach(one -> say(
                "  疑似错号 review  %s  %s  自 %s%s",
                one.state(),
                words.source(one.dataset()),
                ExplainWords.time(one.since()),
                one.leader().isEmpty() ? "" : "，以 " + words.source(one.leader()) + " 为准"));
    }

    private void changes(List<Change> changes) {
        say("");
        say("变更历史 history  %d（日志现存部分，按现行规则重演 as far as the logs go, by the rules of today）", changes.size());
        changes.reversed().stream().limit(CHANGES).forEach(one -> {
            BasePlan base = plan.bases().get(one.base());
            BasePlan.BaseItemPlan item = base == null ? null : base.items().get(one.item());
            ItemType type = item == null ? new ItemType.Text(0) : item.type();
            say(
                    "  %s  %s %s.%s  %s → %s",
                    ExplainWords.time(one.at() == null ? one.arrived() : one.at()),
                    item == null ? "" : item.label(),
                    one.base(),
                    one.item(),
                    words.value(type, value(one.before())),
                    words.value(type, value(one.after())));
            say("      因 %s%s", words.source(one.dataset()), because(one));
        });
        more(changes.size() - CHANGES);
    }

    private static String because(Change one) {
        GoldenRecord.Item after = one.after();
        return after == null ? "" : "  规则 " + ExplainWords.rule(after.rule());
    }

    private static @Nullable Object value(GoldenRecord.@Nullable Item item) {
        return item == null ? null : item.value();
    }

    private void own(Answer.Own own) {
        say("");
        say("本单位所报 what you say  %d 行 rows", own.rows().size());
        own.rows().stream().limit(SHOWN).forEach(claim -> {
            say("  %s  自 %s", words.source(claim.dataset()), ExplainWords.time(claim.at()));
            items(claim);
        });
        more(own.rows().size() - SHOWN);
        discrepancies(own.discrepancies());
        reviews(own.reviews());
        say("");
        say(
                "所报变更 what you said before  %d（日志现存部分 as far as the log goes）",
                own.steps().size());
        own.steps().reversed().stream().limit(CHANGES).forEach(this::step);
        more(own.steps().size() - CHANGES);
    }

    private void items(Claim claim) {
        new TreeSet<>(claim.items().keySet())
                .stream()
                        .filter(item -> !item.startsWith("_"))
                        .forEach(item -> say(
                                "      %s  %s",
                                words.label(claim.dataset(), item), said(claim.dataset(), item, claim)));
    }

    private void step(SubjectLog.Step step) {
        Claim after = step.after();
        say(
                "  %s  %s%s",
                ExplainWords.time(after == null || after.at() == null ? step.arrived() : after.at()),
                words.source(step.dataset()),
                after == null ? "  行已删除或改为他人 the row is gone" : "");
        TreeSet<String> items = new TreeSet<>();
        if (step.before() != null) {
            items.addAll(step.before().items().keySet());
        }
        if (after != null) {
            items.addAll(after.items().keySet());
        }
        items.removeIf(item -> item.startsWith("_"));
        items.forEach(item -> {
            String before = said(step.dataset(), item, step.before());
            String now = said(step.dataset(), item, after);
            if (!before.equals(now)) {
                say("      %s  %s → %s", words.label(step.dataset(), item), before, now);
            }
        });
    }

    private String said(String dataset, String item, @Nullable Claim claim) {
        Object value = claim == null ? null : claim.items().get(item);
        return value == Withdrawn.VALUE ? "已撤回" : words.value(words.type(dataset, item), value);
    }

    private void say(String format, Object... values) {
        out.printf(format + "%n", values);
    }
}
