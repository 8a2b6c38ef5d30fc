package io.tongdao.contract.plan;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * How items stand in CEL: text, codes, divisions and identifiers as strings, dates and timestamps as ISO-8601 strings, so that they compare as
 * time does, decimals as doubles.
 */
public final class CelValues {
    private static final long MICROS_A_DAY = 86_400_000_000L;

    private CelValues() {}

    /** @param value as Avro has it, not null */
    public static Object value(Object value, ItemType type) {
        return switch (value) {
            case Integer days
            when type instanceof ItemType.Date -> LocalDate.ofEpochDay(days).toString();
            case Long micros
            when type instanceof ItemType.Timestamp ->
                LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_A_DAY))
                        .atStartOfDay()
                        .plusNanos(Math.floorMod(micros, MICROS_A_DAY) * 1_000)
                        .toString();
            case Integer number -> number.longValue();
            case BigDecimal number -> number.doubleValue();
            default -> value;
        };
    }

    /** The type that an expression sees. */
    public static CelType type(ItemType type) {
        return switch (type) {
            case ItemType.Text t -> SimpleType.STRING;
            case ItemType.CitizenIdType t -> SimpleType.STRING;
            case ItemType.CreditCodeType t -> SimpleType.STRING;
            case ItemType.DocumentType t -> SimpleType.STRING;
            case ItemType.DivisionType t -> SimpleType.STRING;
            case ItemType.Code t -> SimpleType.STRING;
            case ItemType.Date t -> SimpleType.STRING;
            case ItemType.Timestamp t -> SimpleType.STRING;
            case ItemType.Int t -> SimpleType.INT;
            case ItemType.BigInt t -> SimpleType.INT;
            case ItemType.Bool t -> SimpleType.BOOL;
            case ItemType.Decimal t -> SimpleType.DOUBLE;
        };
    }
}
