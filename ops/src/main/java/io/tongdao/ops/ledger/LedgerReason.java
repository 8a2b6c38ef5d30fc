package io.tongdao.ops.ledger;

import java.util.Locale;

/** Why a question to the ledger is refused; none of them says whether anything was released of a subject. */
public enum LedgerReason {
    IDENTITY_UNKNOWN(
            "没有这个身份 there is no such identity: --as takes subject (本人), the id of an agency, authority, or authority@<division>"),
    REASON_MISSING("须说明事由 say why: --reason TEXT; it is put on record"),
    IDENTIFIER_IN_TEXT("事由、案号、经办人中不得写证件号码 --reason, --case and --by are put on record: leave identifiers out of them"),
    SUBJECT_MISSING("本人查询须给出本人标识 a data subject sees its own entries: give --subject, and the identifier when asked"),
    SUBJECT_INVALID(
            "标识不合规 what was given is no identifier: 18 or 15 characters of a citizen number, a credit code, or the key of another document as passport:FRA:12AB34567"),
    SUBJECT_NOT_SHOWN("提供单位查看数量，不查看主体 a provider sees how much was released, not of whom: leave --subject out"),
    CASE_MISSING("主管部门按主体查看须有案号 the authority looks a subject up only for a case: give --case NUMBER");

    private final String text;

    LedgerReason(String text) {
        this.text = text;
    }

    /** Stands in the record. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String text() {
        return text;
    }
}
