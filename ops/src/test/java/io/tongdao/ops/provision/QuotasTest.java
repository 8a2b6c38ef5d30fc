package io.tongdao.ops.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.Test;

/** No consumer reads faster than its grants give, whoever changed what on the broker. */
class QuotasTest {
    private static final ClientQuotaEntity YB = Quotas.user("agency-yb");
    private static final ClientQuotaEntity MZ = Quotas.user("agency-mz");
    private static final ClientQuotaEntity YB_FAST =
            new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, "agency-yb", ClientQuotaEntity.CLIENT_ID, "fast"));

    @Test
    void setsWhatIsMissingOrOtherAndTakesWhatIsTooMuch() {
        // Given
        Map<ClientQuotaEntity, Double> wanted = Quotas.rates(Map.of("agency-yb", 3_000L, "agency-mz", 1_000L));
        Map<ClientQuotaEntity, Double> actual = Map.of(YB, 9e9, YB_FAST, 9e9);
        // When
        List<ClientQuotaAlteration> changes = Quotas.changes(wanted, actual);
        // Then
        assertThat(changes)
                .extracting(change ->
                        change.entity() + " " + change.ops().iterator().next())
                .containsExactlyInAnyOrder(
                        YB_FAST + " " + new ClientQuotaAlteration.Op(Quotas.RATE, null),
                        YB + " " + new ClientQuotaAlteration.Op(Quotas.RATE, 3_000.0),
                        MZ + " " + new ClientQuotaAlteration.Op(Quotas.RATE, 1_000.0));
        assertThat(Quotas.changes(wanted, wanted)).isEmpty();
    }

    @Test
    void saysWhatAnotherHandChanged() {
        // Given
        Map<ClientQuotaEntity, Double> given = Map.of(YB, 3_000.0, MZ, 1_000.0);
        // When
        List<String> said = Quotas.said(given, Map.of(YB, 3_000.0), Map.of(MZ, 1_000.0, YB_FAST, 9e9));
        // Then
        assertThat(said)
                .satisfiesExactly(
                        line -> assertThat(line).contains("changed by hand, put right", "agency-yb", "none, not 3000"),
                        line -> assertThat(line).contains("no grant gives, taken", "fast"));
    }

    @Test
    void saysNothingOfWhatItChangesItself() {
        // Given
        Map<ClientQuotaEntity, Double> given = Map.of(YB, 3_000.0, MZ, 1_000.0);
        // When / Then
        assertThat(Quotas.said(given, Map.of(YB, 5_000.0), given)).isEmpty();
        assertThat(Quotas.said(Map.of(), given, Map.of())).isEmpty();
    }
}
