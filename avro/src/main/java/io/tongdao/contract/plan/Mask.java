package io.tongdao.contract.plan;

/** The masks of a release, by name. Functions live in the release room; here is what the catalogue and a grant may say. */
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

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The type that a masked item has in the released record. */
    public ItemType output(ItemType input) {
        return switch (this) {
            case KEEP, ROUND -> input;
            case YEAR -> new ItemType.Int();
            case SURNAME, ID6_4, LAST4, PHONE3_4, BAND, TOKEN, DROP -> new ItemType.Text(200);
            case COUNTY -> new ItemType.Text(200);
        };
    }
}
