package io.tongdao.contract.plan;

/** 数据分级 of GB/T 43697 by harm to the nation and the public; general data has levels 1-4 besides (art. 13). */
public enum Grade {
    GENERAL,
    /** Never opened; shared only with an assessment for each grant. */
    IMPORTANT,
    /** Does not enter the exchange. */
    CORE
}
