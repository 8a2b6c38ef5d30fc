package io.tongdao.contract.grant;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The closed codes of what data may be used for (art. 29: 使用用途). A token is joinable inside one purpose only. */
public enum Purpose {
    MEDICAL_INSURANCE("医疗保障"),
    SOCIAL_INSURANCE("社会保险"),
    SOCIAL_ASSISTANCE("社会救助"),
    LOCAL_GOVERNANCE("基层治理"),
    GOVERNMENT_SERVICE("政务服务"),
    TAXATION("税收征管"),
    MARKET_SUPERVISION("市场监管"),
    PUBLIC_SECURITY("公共安全"),
    EDUCATION("教育入学"),
    HOUSING("住房保障"),
    STATISTICS("统计");

    private final String label;

    Purpose(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Purpose> of(String word) {
        return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
    }
}
