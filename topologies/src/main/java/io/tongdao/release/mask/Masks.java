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
        return mask.fits(type) ? fitting(mask, item, type) : WITHHOLD;
    }

    private MaskFunction fitting(Mask mask, String item, ItemType type) {
        return switch (mask) {
            case KEEP -> value -> value;
            case DROP -> WITHHOLD;
            case SURNAME -> closed(text(TextMasks::surname));
            case ID6_4 -> closed(text(TextMasks::id));
            case LAST4 -> closed(text(TextMasks::last4));
            case PHONE3_4 -> closed(text(PhoneMask::of));
            case COUNTY -> closed(county(type));
            case TOKEN -> token(Tokens.domain(item, type));
            case YEAR -> closed(value -> Numbers.year(value, type));
            case BAND -> closed(value -> Numbers.band(value, type));
            case ROUND -> closed(value -> Numbers.round(value, type));
        };
    }

    private MaskFunction county(ItemType type) {
        CountyMask county = new CountyMask(divisions);
        return type instanceof ItemType.DivisionType ? value -> county.ofCode((String) value) : text(county::ofAddress);
    }

    /** Not closed: a key that can't be used for the moment (an HSM, a KMS) is no reason to withhold, and stops the stage instead. */
    private MaskFunction token(String domain) {
        return value -> value instanceof String text ? tokens.token(domain, text) : null;
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
        } catch (RuntimeException e) {
            return null;
        }
    }
}
