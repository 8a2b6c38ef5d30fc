package io.tongdao.ops.verify;

import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.identity.CitizenId;
import io.tongdao.contract.identity.CreditCode;
import io.tongdao.contract.identity.IdentifierText;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.reconcile.rule.Comparisons;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares stated with held values: by the rule by which reconciliation compares the item, else as its type is compared; identifiers in their
 * normal form. Not thread-safe.
 */
final class Comparing {
    private static final String BASE = "base.";
    private static final Comparison BY_VALUE = new Comparison.Number(BigDecimal.ZERO, BigDecimal.ZERO);
    private final Plan plan;
    private final GrantTable table;
    private final Comparisons comparisons;

    Comparing(Plan plan, GrantTable table) {
        this.plan = plan;
        this.table = table;
        this.comparisons = new Comparisons(plan.divisions());
    }

    /** The stated value in the form of the item's type; empty: it is none. */
    Optional<Object> stated(String item, String text) {
        String plain = text.strip();
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    switch (type(item)) {
                        case ItemType.Date date ->
                            (Object) Math.toIntExact(LocalDate.parse(plain).toEpochDay());
                        case ItemType.Timestamp time ->
                            ChronoUnit.MICROS.between(
                                    LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), LocalDateTime.parse(plain));
                        case ItemType.Int number -> Integer.valueOf(plain);
                        case ItemType.BigInt number -> Long.valueOf(plain);
                        case ItemType.Decimal number -> decimal(plain);
                        case ItemType.Bool flag -> flag(plain);
                        case ItemType.Text other -> plain;
                        case ItemType.CitizenIdType other -> plain;
                        case ItemType.CreditCodeType other -> plain;
                        case ItemType.DocumentType other -> plain;
                        case ItemType.DivisionType other -> plain;
                        case ItemType.Code other -> plain;
                    });
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static BigDecimal decimal(String text) {
        BigDecimal number = new BigDecimal(text);
        if (Math.abs(number.scale()) > 100 || number.precision() > 100) {
            throw new NumberFormatException("too long");
        }
        return number;
    }

    private static Boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("no flag");
        }
        return text.equals("true");
    }

    Word word(String item, Object stated, @Nullable Object held) {
        if (held == null) {
            return Word.NOT_HELD;
        }
        return same(item, stated, held) ? Word.MATCHES : Word.DIFFERS;
    }

    private boolean same(String item, Object stated, Object held) {
        return switch (type(item)) {
            case ItemType.CitizenIdType id -> citizen(stated).equals(citizen(held));
            case ItemType.CreditCodeType code -> credit(stated).equals(credit(held));
            case ItemType.DocumentType document -> plain(stated).equals(plain(held));
            case ItemType.Bool flag -> stated.equals(held);
            case ItemType.Timestamp time -> stated.equals(held);
            default -> comparisons.same(how(item), stated, held);
        };
    }

    private static String citizen(Object value) {
        return CitizenId.parse(plain(value)) instanceof Parsed.Valid<CitizenId> id
                ? id.value().value()
                : plain(value);
    }

    private static String credit(Object value) {
        return CreditCode.parse(plain(value)) instanceof Parsed.Valid<CreditCode> code
                ? code.value().value()
                : plain(value);
    }

    private static String plain(Object value) {
        return IdentifierText.normalise(value.toString());
    }

    private Comparison how(String item) {
        return declared(table.name(), item).orElseGet(() -> switch (type(item)) {
            case ItemType.Date date -> Comparison.DATE;
            case ItemType.DivisionType division -> Comparison.DIVISION;
            case ItemType.Int number -> BY_VALUE;
            case ItemType.BigInt number -> BY_VALUE;
            case ItemType.Decimal number -> BY_VALUE;
            // without regard to width, spaces and case
            default -> Comparison.CODE;
        });
    }

    /** How a base database compares the item, where it holds it or is told it by this table. */
    private Optional<Comparison> declared(String name, String item) {
        ThemePlan theme = plan.theme(name);
        if (theme != null) {
            ThemePlan.Item shown = Objects.requireNonNull(theme.items().get(item), item);
            return shown.function() == ThemePlan.Function.VALUE
                    ? declared(shown.source(), shown.sourceItem())
                    : Optional.empty();
        }
        DatasetPlan dataset = plan.datasets().get(name);
        if (dataset != null) {
            return plan.bases().values().stream()
                    .flatMap(base -> base.items().values().stream()
                            .filter(golden ->
                                    golden.sources().contains(name) && told(dataset, base, golden.name(), item)))
                    .map(BasePlan.BaseItemPlan::compare)
                    .filter(how -> !(how instanceof Comparison.Exact))
                    .findFirst();
        }
        BasePlan.BaseItemPlan golden = Objects.requireNonNull(plan.bases().get(name.substring(BASE.length())), name)
                .items()
                .get(item);
        return Optional.ofNullable(golden)
                .map(BasePlan.BaseItemPlan::compare)
                .filter(how -> !(how instanceof Comparison.Exact));
    }

    private static boolean told(DatasetPlan dataset, BasePlan base, String golden, String item) {
        return dataset.subjects().stream()
                .filter(subject -> subject.kind() == base.kind())
                .map(SubjectPlan::claims)
                .anyMatch(claims -> claims.getOrDefault(golden, golden).equals(item));
    }

    private ItemType type(String item) {
        return Objects.requireNonNull(table.items().get(item), item).type();
    }
}
