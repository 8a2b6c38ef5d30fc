package io.tongdao.ops.cli;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.GoldenRecord;
import io.tongdao.reconcile.rule.Testimony;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Values, sources and rules as an official reads them. */
final class ExplainWords {
    private static final ZoneId HERE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final long MICROS = 1_000_000;
    private final Plan plan;

    ExplainWords(Plan plan) {
        this.plan = plan;
    }

    /** With what a code or division is called; signs that would command a terminal are left out. */
    String value(ItemType type, @Nullable Object value) {
        if (value == null) {
            return "—";
        }
        String text = switch (value) {
            case Integer day
            when type instanceof ItemType.Date -> LocalDate.ofEpochDay(day).toString();
            case Long micros when type instanceof ItemType.Timestamp -> local(micros);
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
        String name = name(type, text);
        return plain(name.isEmpty() ? text : text + " " + name);
    }

    private String name(ItemType type, String text) {
        if (type instanceof ItemType.DivisionType) {
            return plan.divisions().names().getOrDefault(plan.divisions().current(text), "");
        }
        StandardPlan standard =
                type instanceof ItemType.Code code ? plan.standards().get(StandardPlan.idOf(code.standard())) : null;
        return standard == null
                ? ""
                : standard.version(((ItemType.Code) type).standard(), LocalDate.now(HERE))
                        .map(version -> version.codes().getOrDefault(text, ""))
                        .orElse("");
    }

    private static String local(long micros) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * 1_000, ZoneOffset.UTC)
                .format(SECONDS);
    }

    private static String plain(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** 云南省公安厅 (ga) 《户籍人口》 ga.household_population. */
    String source(String dataset) {
        return Provider.of(plan, dataset) + Provider.title(plan, dataset);
    }

    static String time(@Nullable Instant at) {
        return at == null ? "全量读取，来源未记时间" : at.atZone(HERE).format(SECONDS);
    }

    /** As a base database, else the dataset, has an item of this name. */
    ItemType type(String dataset, String item) {
        for (BasePlan base : plan.bases().values()) {
            BasePlan.BaseItemPlan found = base.items().get(item);
            if (found != null && found.sources().contains(dataset)) {
                return found.type();
            }
        }
        DatasetPlan known = plan.datasets().get(dataset);
        ItemPlan held = known == null ? null : known.items().get(item);
        return held == null ? new ItemType.Text(0) : held.type();
    }

    String label(String dataset, String item) {
        for (BasePlan base : plan.bases().values()) {
            BasePlan.BaseItemPlan found = base.items().get(item);
            if (found != null && found.sources().contains(dataset)) {
                return found.label() + " " + item;
            }
        }
        DatasetPlan known = plan.datasets().get(dataset);
        ItemPlan held = known == null ? null : known.items().get(item);
        return held == null ? item : held.label() + " " + item;
    }

    /** 姓名 full_name; of a check what it demands. */
    String disputed(Discrepancy one) {
        BasePlan base = plan.bases().get(one.base());
        if (base == null) {
            return one.base() + "." + one.item();
        }
        BasePlan.BaseItemPlan item = base.items().get(one.item());
        String label = item != null
                ? item.label()
                : base.checks().containsKey(one.item())
                        ? base.checks().get(one.item()).label()
                        : "";
        return label + " " + one.base() + "." + one.item();
    }

    static String rule(GoldenRecord.Rule rule) {
        String word = switch (rule) {
            case SOURCE_OF_RECORD -> "数源部门";
            case FALLBACK -> "候补来源";
            case MOST_RECENT -> "最新为准";
            case TRUST -> "可信度最高";
            case TRUST_TIE -> "可信度相近，按次序";
            case AGREE -> "多数一致";
            case AGREE_ORDER -> "一致数不足，按来源次序";
            case RULING -> "裁定：权威源有误";
        };
        return word + " " + rule.word();
    }

    static String standing(Testimony.Standing standing) {
        return switch (standing) {
            case SERVED -> "采用";
            case AGREES -> "一致";
            case DIFFERS -> "不一致";
            case NOT_COMPARED -> "未比对";
            case OLDER -> "较早的行";
            case TAKES_BACK -> "已撤回";
        };
    }

    static String state(Discrepancy one) {
        return switch (one.state()) {
            case Discrepancy.OPEN -> "未结";
            case Discrepancy.AWAITING -> "已反馈未生效";
            default -> "已结（" + one.reason() + "，" + time(one.closed()) + "）";
        };
    }
}
