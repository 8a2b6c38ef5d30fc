package io.tongdao.quality.rule;

import io.tongdao.contract.identity.CitizenId;
import io.tongdao.contract.identity.CreditCode;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.StandardPlan;
import io.tongdao.contract.rule.RowExpression;
import io.tongdao.contract.rule.RowRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** One rule, made ready: a pure function of the row, and for timeliness of when it was new at its source. */
@FunctionalInterface
interface RowJudge {
    ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    Set<String> SEXES = Set.of("1", "2");
    int SEX_DIGIT = 16;
    long MICROS_A_DAY = 86_400_000_000L;

    /** @param fresh when a new row was committed; null: it is not new, or nobody knows */
    Judgement judge(GenericRecord row, @Nullable Instant fresh);

    static RowJudge standard(String item, Optional<StandardPlan.Version> version) {
        return (row, fresh) -> {
            Object value = row.get(item);
            return value == null || version.isEmpty()
                    ? Judgement.NOT_ASKED
                    : Judgement.kept(version.get().allows(value.toString()));
        };
    }

    static RowJudge division(String item, Divisions divisions) {
        return (row, fresh) -> {
            Object value = row.get(item);
            return value == null ? Judgement.NOT_ASKED : Judgement.kept(divisions.known(value.toString()));
        };
    }

    /** A citizen number has the division that issued it, a credit code the one that registered it; other numbers have none. */
    static RowJudge addressed(String item, ItemType type, Divisions divisions) {
        return (row, fresh) -> {
            Object value = row.get(item);
            return value != null && number(type, value.toString(), divisions) instanceof Parsed.Valid<?> valid
                    ? Judgement.kept(valid.warning().isEmpty())
                    : Judgement.NOT_ASKED;
        };
    }

    private static Parsed<?> number(ItemType type, String text, Divisions divisions) {
        if (!(type instanceof ItemType.CreditCodeType)) {
            Parsed<CitizenId> number = CitizenId.parse(text, LocalDate.MAX);
            if (number instanceof Parsed.Valid<CitizenId> || type instanceof ItemType.CitizenIdType) {
                return number.warnUnless(
                        id -> id.holder() != CitizenId.Holder.CITIZEN || divisions.known(id.address()),
                        CitizenId.ADDRESS_UNKNOWN);
            }
        }
        return CreditCode.parse(text).warnUnless(code -> divisions.known(code.division()), CreditCode.DIVISION_UNKNOWN);
    }

    static RowJudge identifies(String item, ItemType type) {
        return (row, fresh) -> {
            Object value = row.get(item);
            return value == null ? Judgement.NOT_ASKED : Judgement.kept(identifier(type, value.toString()));
        };
    }

    private static boolean identifier(ItemType type, String text) {
        Parsed<?> parsed = type instanceof ItemType.DocumentType document
                ? document.document().normal(text)
                : type instanceof ItemType.CreditCodeType
                        ? CreditCode.parse(text)
                        : CitizenId.parse(text, LocalDate.MAX);
        return parsed instanceof Parsed.Valid<?>;
    }

    static RowJudge required(String item) {
        return (row, fresh) -> {
            Object value = row.get(item);
            return Judgement.kept(value != null && !(value instanceof String text && text.isBlank()));
        };
    }

    /** Where an item is missing that the condition can't do without, it is not asked; any other that can't be worked out is broken. */
    static RowJudge holds(RowExpression condition) {
        return (row, fresh) -> switch (condition.ask(row)) {
            case YES -> Judgement.KEPT;
            case NO -> Judgement.BROKEN;
            case UNDECIDED ->
                condition.items().stream().anyMatch(item -> row.get(item) == null)
                        ? Judgement.NOT_ASKED
                        : Judgement.BROKEN;
        };
    }

    /** A number of another document says nothing of its holder. */
    static RowJudge agrees(RowRule.Agrees rule) {
        return (row, fresh) -> {
            Object value = row.get(rule.item());
            Object number = row.get(rule.number());
            if (value == null
                    || number == null
                    || !(CitizenId.parse(number.toString(), LocalDate.MAX) instanceof Parsed.Valid<CitizenId> id)) {
                return Judgement.NOT_ASKED;
            }
            return switch (rule.says()) {
                case BIRTH_DATE ->
                    Judgement.kept(id.value().birthDate().equals(LocalDate.ofEpochDay(((Number) value).longValue())));
                case SEX -> sex(value.toString(), id.value().value());
            };
        };
    }

    /** Odd for men. Codes for "unknown" and "not told" contradict nobody. */
    private static Judgement sex(String code, String number) {
        boolean man = Character.digit(number.charAt(SEX_DIGIT), 10) % 2 == 1;
        return SEXES.contains(code) ? Judgement.kept(code.equals(man ? "1" : "2")) : Judgement.NOT_ASKED;
    }

    static RowJudge timely(String item, ItemType type, Period within) {
        return (row, fresh) -> {
            Object value = row.get(item);
            if (value == null || fresh == null) {
                return Judgement.NOT_ASKED;
            }
            long number = ((Number) value).longValue();
            LocalDate day = LocalDate.ofEpochDay(
                    type instanceof ItemType.Timestamp ? Math.floorDiv(number, MICROS_A_DAY) : number);
            return Judgement.kept(!fresh.atZone(ZONE).toLocalDate().isAfter(day.plus(within)));
        };
    }
}
