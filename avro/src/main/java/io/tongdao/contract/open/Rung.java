package io.tongdao.contract.open;

import io.tongdao.contract.plan.ItemType;
import java.util.Locale;

/**
 * How far a published value is generalised (泛化): the words of a ladder. Declared from the finest to the coarsest; of the rungs that fit one
 * type, each later one is a function of any before it.
 */
public enum Rung {
    /** As it is. */
    KEEP("原值"),
    /** A time without its hours. */
    DAY("日"),
    /** The code in force of the county: of a division, or of the office that gave out a credit code. */
    COUNTY("县级"),
    PREFECTURE("州市级"),
    PROVINCE("省级"),
    MONTH("年月"),
    YEAR("年"),
    /** Five years, {@code 2005-2009}. */
    BAND5("五年段"),
    /** Ten years, {@code 2000-2009}. */
    BAND10("十年段"),
    /** Between two neighbours of one significant digit, {@code [500,600)}. */
    BAND("首位数段"),
    /** Between two powers of ten, {@code [100,1000)}. */
    MAGNITUDE("数量级"),
    /** The first characters of a code that is built as a tree, {@code A01} of {@code A0164}. */
    HEAD4("前4位"),
    HEAD3("前3位"),
    HEAD2("前2位"),
    HEAD1("首位"),
    /** Nothing of it. */
    DROP("不发布");

    private final String label;

    Rung(String label) {
        this.label = label;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As an official reads it. */
    public String label() {
        return label;
    }

    /** How many first characters stay, of a {@code HEAD}; else 0. */
    public int head() {
        return switch (this) {
            case HEAD4 -> 4;
            case HEAD3 -> 3;
            case HEAD2 -> 2;
            case HEAD1 -> 1;
            case KEEP, DAY, COUNTY, PREFECTURE, PROVINCE, MONTH, YEAR, BAND5, BAND10, BAND, MAGNITUDE, DROP -> 0;
        };
    }

    /** Whether it means something for values of a type. Numbers of people and documents have none: they are not published in any form. */
    public boolean fits(ItemType type) {
        return switch (type) {
            case ItemType.Text t -> this == KEEP || this == DROP;
            case ItemType.Bool t -> this == KEEP || this == DROP;
            case ItemType.CitizenIdType t -> false;
            case ItemType.DocumentType t -> false;
            case ItemType.CreditCodeType t -> regional() || this == DROP;
            case ItemType.DivisionType t -> this == KEEP || regional() || this == DROP;
            case ItemType.Code t -> this == KEEP || head() > 0 || this == DROP;
            case ItemType.Date t -> this == KEEP || dated() || this == DROP;
            case ItemType.Timestamp t -> this == DAY || dated() || this == DROP;
            case ItemType.Int t -> number();
            case ItemType.BigInt t -> number();
            case ItemType.Decimal t -> number();
        };
    }

    private boolean regional() {
        return this == COUNTY || this == PREFECTURE || this == PROVINCE;
    }

    private boolean dated() {
        return this == MONTH || this == YEAR || this == BAND5 || this == BAND10;
    }

    private boolean number() {
        return this == KEEP || this == BAND || this == MAGNITUDE || this == DROP;
    }
}
