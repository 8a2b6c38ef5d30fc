package io.tongdao.contract.plan;

/** 共享属性 (art. 30), from the loosest to the strictest. */
public enum ShareClass {
    UNCONDITIONAL,
    CONDITIONAL,
    WITHHELD
}
