package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.Source.Engine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What can be said of a source before it is asked. */
class SourceCheckTest {
    @Test
    void anEngineThatIsNotInTheBuildSaysWhatToAdd() {
        // Given
        Source source = new Source("ga-db", "ga", Engine.ORACLE, "10.0.0.1", 1521, "ga", "collect", "env:PASSWORD");

        // When
        var refused = assertThatThrownBy(() -> SourceCheck.check(source, List.of(), "secret"));

        // Then
        refused.isInstanceOf(CollectException.class)
                .hasMessageContaining("connection ga-db")
                .hasMessageContaining("debezium-connector-oracle")
                .hasMessageContaining("ojdbc11")
                .hasMessageContaining("ops/docs/engineer.md");
    }

    @Test
    void aSqlServersCertificateIsVerifiedUnlessItIsOnTheLoopback() {
        // When
        String far = SourceUrl.of(Engine.SQLSERVER, "10.0.0.1", 1433, "ga};trustServerCertificate=true;x={");
        String near = SourceUrl.of(Engine.SQLSERVER, "127.0.0.1", 1433, "ga");

        // Then
        assertThat(far)
                .endsWith(
                        ";databaseName={ga}};trustServerCertificate=true;x={};encrypt=true;trustServerCertificate=false");
        assertThat(near)
                .isEqualTo(
                        "jdbc:sqlserver://127.0.0.1:1433;databaseName={ga};encrypt=true;trustServerCertificate=true");
    }

    @Test
    void sqlServersTablesAreFoundUnderTheirDatabase() {
        // When
        String namespace = ConnectorSettings.namespace("collect.ga-db", Map.of("database.names", "人口 db"));

        // Then
        assertThat(namespace).isEqualTo("collect.ga-db.___db");
        assertThat(ConnectorSettings.namespace("collect.ga-db", Map.of())).isEqualTo("collect.ga-db");
    }
}
