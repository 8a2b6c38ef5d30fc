package io.tongdao.contract.change;

import java.util.Locale;

/** What must be confirmed by name, since it can't be taken back or discloses more: {@code --confirm masks,drops}. */
public enum Confirmation {
    /** A mask is looser than before by the published order, or can't be compared with it. */
    MASKS,
    /** A share class, a level or a list of purposes is less strict than before (art. 13, 30, 31). */
    CLASSES,
    /** Datasets, items, base databases or connections leave the catalogue. */
    DROPS,
    /** The keys of a dataset's records change: all old ones are withdrawn. */
    KEYS;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
