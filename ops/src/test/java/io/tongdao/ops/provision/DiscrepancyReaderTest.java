package io.tongdao.ops.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.Plan;
import io.tongdao.reconcile.rule.Discrepancy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscrepancyReaderTest {
    private static final Plan PLAN = new Plan(
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(
                    "mz", new Plan.Agency("mz", "省民政厅", "province", "530000"),
                    "ga", new Plan.Agency("ga", "省公安厅", "province", "530000"),
                    "km-mz", new Plan.Agency("km-mz", "昆明市民政局", "prefecture", "530100")),
            new Divisions(Map.of(), Map.of(), Map.of()),
            "");

    @ParameterizedTest(name = "{0} reads what is addressed to {1}: {2}")
    @CsvSource({
        "mz, mz, true",
        "ga, mz, false",
        "authority, mz, true",
        "authority, km-mz, false",
        "authority@530100, km-mz, true",
        "authority@530100, mz, false",
        "authority@530102, km-mz, false",
    })
    void onlyTheAddressedAndTheirAuthorityRead(String who, String addressee, boolean reads) {
        // When
        boolean may = new DiscrepancyReader(PLAN, who).may(addressed(addressee));

        // Then
        assertThat(may).isEqualTo(reads);
    }

    @Test
    void whoeverIsNoAgencyIsTold() {
        assertThatThrownBy(() -> new DiscrepancyReader(PLAN, "zm")).hasMessageContaining("there is no agency zm");
    }

    private static Discrepancy addressed(String agency) {
        return new Discrepancy(
                "S",
                "population",
                "full_name",
                Discrepancy.OPEN,
                List.of("ga.people", "mz.marriages"),
                List.of(agency),
                "ga",
                "0f",
                Instant.EPOCH,
                null,
                null,
                "1e",
                Instant.EPOCH,
                0,
                false,
                false);
    }
}
