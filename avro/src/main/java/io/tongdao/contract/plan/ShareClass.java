package io.tongdao.contract.plan;

/** 共享属性 (art. 30) and 开放属性 (art. 37), from the loosest to the strictest. */
public enum ShareClass {
    UNCONDITIONAL,
    CONDITIONAL,
    WITHHELD;

    public ShareClass stricter(ShareClass that) {
        return compareTo(that) >= 0 ? this : that;
    }
}
