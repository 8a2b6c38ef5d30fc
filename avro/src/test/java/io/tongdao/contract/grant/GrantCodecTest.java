package io.tongdao.contract.grant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.plan.FileTerms;
import io.tongdao.contract.plan.Mask;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A grant that an earlier version wrote flows on under this one. */
class GrantCodecTest {
    private static final Instant AT = Instant.parse("2026-11-24T00:00:00Z");
    private static final String FLAT = "{'id':'g','kind':'RETURN','consumer':'kunming-wuhua','table':'base.population',"
            + "'items':{'citizen_id':'KEEP'},'filter':'','territory':'530102','territoryItem':'hukou_division','key':'CLEAR',"
            + "'purpose':'local_governance','legalBasis':'b','scenario':'s','from':'2026-01-01T00:00:00Z',"
            + "'until':'2029-12-31T00:00:00Z','delivery':['TOPIC'],'partitions':2,'approvals':{'ga':'x'},'status':'ACTIVE','epoch':3,"
            + "'by':'y','reason':'resumed','changedAt':'2026-11-24T00:00:00Z'}";

    @Test
    void survivesItsFormat() {
        // Given
        Grant grant = whole();
        // When
        Grant read = GrantCodec.GRANT.decode(GrantCodec.GRANT.encode(grant));
        // Then
        assertThat(read).isEqualTo(grant);
        assertThatThrownBy(() -> GrantCodec.GRANT.decode(new byte[] {4, '{', '}'}))
                .hasMessageContaining("newer");
    }

    @Test
    void readsWhatTheFirstFormatWrote() {
        // When
        Grant grant = GrantCodec.GRANT.decode(first(FLAT));
        // Then
        assertThat(grant)
                .isEqualTo(new Grant(
                        "g",
                        Grant.Kind.RETURN,
                        "kunming-wuhua",
                        new GrantScope(
                                "base.population",
                                Map.of("citizen_id", Mask.KEEP),
                                "",
                                "530102",
                                "hukou_division",
                                Grant.KeyForm.CLEAR),
                        new GrantPapers("local_governance", "b", "s", "", Map.of(), null),
                        new GrantTerms(
                                Instant.parse("2026-01-01T00:00:00Z"),
                                Instant.parse("2029-12-31T00:00:00Z"),
                                List.of(Grant.Delivery.TOPIC),
                                2,
                                GrantTerms.BYTES_PER_SECOND),
                        Map.of("ga", "x"),
                        List.of(new GrantStep(Status.ACTIVE, 3, "y", "resumed", AT))));
    }

    @Test
    void readsWhatTheSecondFormatWrote() {
        // Given
        Grant grant = whole();
        byte[] written = GrantCodec.GRANT.encode(grant);
        written[0] = 2;
        // When
        Grant read = GrantCodec.GRANT.decode(written);
        // Then
        assertThat(read).isEqualTo(grant);
        assertThat(read.terms().files()).isNull();
    }

    @Test
    void keepsHowFilesAreMade() {
        // Given
        FileTerms files = new FileTerms(FileTerms.Every.DEMAND, FileTerms.Format.PARQUET, true, 30);
        Grant plain = whole();
        Grant grant = new Grant(
                plain.id(),
                plain.kind(),
                plain.consumer(),
                plain.scope(),
                plain.papers(),
                new GrantTerms(AT, AT, List.of(Grant.Delivery.FILE), 1, 1, files),
                plain.approvals(),
                plain.steps());
        // When
        Grant read = GrantCodec.GRANT.decode(GrantCodec.GRANT.encode(grant));
        // Then
        assertThat(read).isEqualTo(grant);
        assertThat(read.releasesTheSameAs(plain)).isFalse();
        assertThat(read.readFromTopic()).isFalse();
    }

    @Test
    void readsAnOrderOfTheFirstFormat() {
        // When
        GrantCommand order = GrantCodec.COMMAND.decode(first("{'verb':'START','grant':%s}".formatted(FLAT)));
        // Then
        assertThat(order).isEqualTo(new GrantCommand(GrantCommand.Verb.START, GrantCodec.GRANT.decode(first(FLAT)), 1));
        assertThat(GrantCodec.COMMAND.decode(GrantCodec.COMMAND.encode(order))).isEqualTo(order);
    }

    @Test
    void refusesWhatIsNoGrant() {
        assertThatThrownBy(() -> GrantCodec.GRANT.decode(first("[]"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GrantCodec.GRANT.decode(first("{'id':'g','colour':'red'}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GrantCodec.COMMAND.decode(first("{'verb':'STOP'")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] first(String json) {
        return ("\u0001" + json.replace('\'', '"')).getBytes(UTF_8);
    }

    private static Grant whole() {
        return new Grant(
                "g",
                Grant.Kind.EMERGENCY,
                "yb",
                new GrantScope("a.b", Map.of("x", Mask.KEEP), "x == '1'", "", "", Grant.KeyForm.TOKEN),
                new GrantPapers(
                        "emergency",
                        "l",
                        "s",
                        "2026-quake-3",
                        Map.of(
                                "x",
                                new MaskConsent(Set.of("ga", "mz"), "d", LocalDate.of(2026, 3, 2)),
                                "y",
                                new MaskConsent(Set.of(), "", null)),
                        new GrantAssessment("d", GrantAssessment.ACCEPTABLE, LocalDate.of(2026, 3, 2), null)),
                new GrantTerms(AT, GrantTerms.OPEN_ENDED, List.of(Grant.Delivery.TABLE), 1, 2048),
                Map.of("ga", "x"),
                List.of(
                        new GrantStep(Status.INCOMPLETE, 1, "t", "missing", AT),
                        new GrantStep(Status.FILED, 1, "t", "filed", AT)));
    }
}
