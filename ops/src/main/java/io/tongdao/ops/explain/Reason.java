package io.tongdao.ops.explain;

import java.util.Locale;

/** Why a question is refused; none of them says whether anything is known of the subject. */
public enum Reason {
    IDENTITY_UNKNOWN(
            "没有这个身份 there is no such identity: --as takes the id of an agency that provides data, authority, or authority@<division>"),
    CASE_MISSING("主管部门查看须有案号 the authority sees more than one agency's claims only for a case: give --case NUMBER"),
    NOTHING_PROVIDED(
            "该身份不提供此类主体的数据 this identity provides no data about subjects of this kind, so there is nothing of its own to see"),
    REASON_MISSING("须说明事由 say why: --reason TEXT; it is put on record"),
    IDENTIFIER_IN_TEXT("事由、案号、经办人中不得写证件号码 --reason, --case and --by are put on record: leave identifiers out of them"),
    SUBJECT_INVALID(
            "标识不合规 what was given is no identifier: 18 or 15 characters of a citizen number, a credit code, or the key of another document as passport:FRA:12AB34567");

    private final String text;

    Reason(String text) {
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
