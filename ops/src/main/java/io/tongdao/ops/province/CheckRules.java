package io.tongdao.ops.province;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.CrossCheck;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The oracle's own reading of the sample's checks, each written out by its name. It refuses a check that it has not learnt. */
final class CheckRules {
    private final BasePlan base;
    private final BiFunction<String, String, @Nullable Claimed> speaker;
    private final Map<String, String> golden;

    /**
     * @param golden item → value
     * @param speaker dataset and item → the row that speaks, or null
     */
    CheckRules(BasePlan base, Map<String, String> golden, BiFunction<String, String, @Nullable Claimed> speaker) {
        this.base = base;
        this.golden = golden;
        this.speaker = speaker;
    }

    /** The checks that do not hold. */
    List<CrossCheck> broken() {
        List<CrossCheck> broken = new ArrayList<>();
        for (CrossCheck check : base.checks().values()) {
            if (broken(check.name())) {
                broken.add(check);
            }
        }
        return broken;
    }

    private boolean broken(String check) {
        return switch (check) {
            case Contradiction.SEX -> otherSex();
            case Contradiction.BIRTH -> otherBirth();
            case Contradiction.ALLOWANCE -> paidAfterDeath();
            case Contradiction.VEHICLE ->
                "2".equals(said("jtt.road_transport_certificate", "vehicle_status"))
                        && "1".equals(said("jtt.road_transport_certificate", "cert_status"));
            case Contradiction.EQUITY -> unbalanced();
            default -> throw new IllegalStateException("the oracle has not learnt the check " + check);
        };
    }

    private boolean otherSex() {
        String sex = golden.get("gender_code");
        String number = golden.get("citizen_id");
        return sex != null
                && number != null
                && RightNumbers.citizen(number) != null
                && !Set.of("0", "9").contains(sex)
                && !sex.equals(number.charAt(16) % 2 == 1 ? "1" : "2");
    }

    private boolean otherBirth() {
        String birth = golden.get("birth_date");
        String number = golden.get("citizen_id");
        return birth != null
                && number != null
                && RightNumbers.citizen(number) != null
                && !birth.replace("-", "").equals(number.substring(6, 14));
    }

    private boolean paidAfterDeath() {
        Claimed pay = speaker.apply("mz.subsistence_allowance", "monthly_amount");
        return Police.DEAD.equals(golden.get("hukou_status"))
                && pay != null
                && new BigDecimal(String.valueOf(pay.items().get("monthly_amount"))).signum() > 0
                && pay.items().get("stop_date") == null;
    }

    private boolean unbalanced() {
        String rights = "gzw.state_owned_property_right";
        String equity = said(rights, "owners_equity");
        String assets = said(rights, "total_assets");
        String liabilities = said(rights, "total_liabilities");
        return equity != null
                && assets != null
                && liabilities != null
                && new BigDecimal(equity)
                                .subtract(new BigDecimal(assets))
                                .add(new BigDecimal(liabilities))
                                .signum()
                        != 0;
    }

    private @Nullable String said(String dataset, String item) {
        Claimed row = speaker.apply(dataset, item);
        return row == null ? null : row.items().get(item);
    }
}
