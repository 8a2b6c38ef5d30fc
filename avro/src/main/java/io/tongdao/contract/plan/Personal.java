package io.tongdao.contract.plan;

import java.util.Locale;

/** Whether an item is personal information, and of which sensitive kind (GB/T 45574-2025, annex A): what level it has at least. */
public enum Personal {
    NONE,
    GENERAL,
    /** 生物识别 */
    BIOMETRIC,
    /** 宗教信仰 */
    RELIGION,
    /** 特定身份, disability included */
    SPECIAL_IDENTITY,
    /** 医疗健康 */
    HEALTH,
    /** 金融账户, income in detail */
    FINANCE,
    /** 行踪轨迹 */
    TRACK,
    /** 精准定位 */
    LOCATION,
    /** 不满十四周岁未成年人 */
    MINOR,
    /** 身份证照片 */
    ID_PHOTO,
    /** 征信 */
    CREDIT,
    /** 违法犯罪记录 */
    CRIMINAL;

    private static final int GENERAL_LEVEL = 2;
    private static final int SENSITIVE_LEVEL = 4;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean sensitive() {
        return compareTo(GENERAL) > 0;
    }

    /** The least level of such an item: 1, 2 for general and 4 for sensitive personal information. */
    public int leastLevel() {
        return sensitive() ? SENSITIVE_LEVEL : this == GENERAL ? GENERAL_LEVEL : 1;
    }
}
