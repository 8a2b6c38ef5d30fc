package io.tongdao.ops.api;

import java.util.Locale;

/** As what somebody acts. */
public enum Role {
    /** 数据主管部门 */
    AUTHORITY,
    /** 数据提供单位 */
    PROVIDER,
    /** 数据需求单位 */
    CONSUMER,
    /** 审计 */
    AUDITOR,
    /** 运维 */
    ENGINEER;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether one acts for an agency. */
    public boolean ofAgency() {
        return this == PROVIDER || this == CONSUMER;
    }
}
