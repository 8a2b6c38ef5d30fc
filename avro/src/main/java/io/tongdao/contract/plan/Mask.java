package io.tongdao.contract.plan;

import java.util.Locale;

/**
 * The masks of a release, by name. Functions live in the release room; here is what the catalogue and a grant may say.
 *
 * <p>The published order of masks, from the loosest: {@code keep} before all others, {@code year} before {@code band},
 * {@code round} before {@code band}, all others before {@code drop}. Two masks that this doesn't order can't be compared, and what can't
 * be compared counts as looser: a token hides a value and still links it, a surname says what a token does not.
 */
public enum Mask {
    KEEP,
    SURNAME,
    ID6_4,
    LAST4,
    PHONE3_4,
    COUNTY,
    YEAR,
    BAND,
    ROUND,
    TOKEN,
    DROP;

    private static final int GENERAL_PERSONAL = 2;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this mask discloses no more than {@code that}, by the published order. */
    public boolean atLeastAsTightAs(Mask that) {
        return this == that || that == KEEP || this == DROP || (this == BAND && (that == YEAR || that == ROUND));
    }

    /** Whether the mask means something for an item of this type; one that does not would withhold every value. */
    public boolean fits(ItemType input) {
        return switch (this) {
            case KEEP, DROP -> true;
            case SURNAME, ID6_4, LAST4, PHONE3_4 -> text(input);
            case COUNTY -> text(input) || input instanceof ItemType.DivisionType;
            case TOKEN -> text(input) || input instanceof ItemType.DivisionType || input instanceof ItemType.Code;
            case YEAR -> dated(input);
            case BAND -> dated(input) || number(input);
            case ROUND -> number(input);
        };
    }

    /** The type that a masked item has in the released record. */
    public ItemType output(ItemType input) {
        return switch (this) {
            case KEEP, ROUND -> input;
            case YEAR -> new ItemType.Int();
            case SURNAME, ID6_4, LAST4, PHONE3_4, COUNTY, BAND, TOKEN, DROP -> new ItemType.Text(200);
        };
    }

    /**
     * The level of a released item under this mask, from the item's own (GB/T 43697: what is masked may be lower). A mask lowers a level by
     * as much as it hides, personal information stays at least at 2 (GB/T 45574: de-identified sensitive information is general one), and no
     * mask raises a level.
     *
     * <pre>
     * mask                                 4 → 3 → 2 → 1 →   because
     * keep, id6_4, phone3_4                4   3   2   1     3,317 numbers fit an id6_4, 10,000 a phone3_4: few enough to try
     * surname, last4, county, year, round  3   2   2   1     part of the value, or a narrow group, shows
     * band, token                          2   2   2   1     a wide group shows, or nothing but what is equal
     * drop                                 1   1   1   1     nothing shows
     * </pre>
     */
    public int level(int own) {
        return switch (this) {
            case KEEP, ID6_4, PHONE3_4 -> own;
            case SURNAME, LAST4, COUNTY, YEAR, ROUND -> Math.min(own, Math.max(own - 1, GENERAL_PERSONAL));
            case BAND, TOKEN -> Math.min(own, GENERAL_PERSONAL);
            case DROP -> 1;
        };
    }

    private static boolean text(ItemType type) {
        return switch (type) {
            case ItemType.Text t -> true;
            case ItemType.CitizenIdType t -> true;
            case ItemType.CreditCodeType t -> true;
            case ItemType.DocumentType t -> true;
            case ItemType.DivisionType t -> false;
            case ItemType.Code t -> false;
            case ItemType.Date t -> false;
            case ItemType.Timestamp t -> false;
            case ItemType.Int t -> false;
            case ItemType.BigInt t -> false;
            case ItemType.Bool t -> false;
            case ItemType.Decimal t -> false;
        };
    }

    private static boolean dated(ItemType type) {
        return type instanceof ItemType.Date || type instanceof ItemType.Timestamp;
    }

    private static boolean number(ItemType type) {
        return type instanceof ItemType.Int || type instanceof ItemType.BigInt || type instanceof ItemType.Decimal;
    }
}
