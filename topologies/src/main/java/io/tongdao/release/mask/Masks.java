package io.tongdao.release.mask;

import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Masks compiled for one grant (art. 26: share no more than needed). What doesn't fit its item, and what fails, is withheld.
 */
public final class Masks {
    private static final MaskFunction WITHHOLD = value -> null;
    private final Divisions divisions;
    private final Tokens tokens;

    public Masks(Divisions divisions, Tokens tokens) {
        this.divisions = divisions;
        this.tokens = tokens;
    }

    /** The function of a mask on an item. */
    public MaskFunction of(Mask mask, String item, ItemType type) {
        return mask.fits(type) ? closed(fitting(mask, item, type)) : WITHHOLD;
    }

    private MaskFunction fitting(Mask mask, String item, ItemType type) {
        return switch (mask) {
            case KEEP -> value -> value;
            case DROP -> WITHHOLD;
            case SURNAME -> text(TextMasks::surname);
            case ID6_4 -> text(TextMasks::id);
            case LAST4 -> text(TextMasks::last4);
            case PHONE3_4 -> text(TextMasks::phone);
            case COUNTY -> county(type);
            case TOKEN -> token(Tokens.domain(item, type));
            case YEAR -> value -> Numbers.year(value, type);
            case BAND -> value -> Numbers.band(value, type);
            case ROUND -> value -> Numbers.round(value, type);
        };
    }

    private MaskFunction county(ItemType type) {
        CountyMask county = new CountyMask(divisions);
        return type instanceof ItemType.DivisionType ? value -> county.ofCode((String) value) : text(county::ofAddress);
    }

    private MaskFunction token(String domain) {
        return value -> tokens.token(domain, (String) value);
    }

    private static MaskFunction text(UnaryOperator<String> mask) {
        return value -> TextMasks.changed((String) value, mask);
    }

    /** Fails closed: an error in a mask withholds the value, and the record says so; its text could quote the value, so it goes nowhere. */
    private static MaskFunction closed(MaskFunction mask) {
        return value -> orNull(mask, value);
    }

    private static @Nullable Object orNull(MaskFunction mask, Object value) {
        try {
            return mask.apply(value);
        } catch (ClassCastException | IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            return null;
        }
    }
}
