package io.tongdao.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.collect.AvroRowConverter;
import io.tongdao.ops.system.Commands;
import io.tongdao.ops.system.Commands.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Connect cluster is given for a connection of the sample province; that it runs there is {@code ConnectClusterIT}'s matter. */
class ConnectorCommandTest {
    private static final List<String> ADDRESSES = List.of(
            "postgresql.host=pg.example",
            "postgresql.port=5432",
            "mariadb.host=maria.example",
            "mariadb.port=3306",
            "secrets=/never/read",
            "inboxes=/never/read");

    @TempDir
    private Path dir;

    private Path kafka;

    @BeforeEach
    void client() throws IOException {
        kafka = Files.writeString(
                dir.resolve("client.properties"), "bootstrap.servers=kafka.example:9092\nsecurity.protocol=SASL_SSL\n");
    }

    @Test
    void aConnectorIsPrintedWithReferencesInThePlaceOfSecrets() throws IOException {
        // When
        Said said = connector("ga-db", kafka);

        // Then
        assertThat(said.exit()).as(said.err()).isZero();
        JsonNode config = new ObjectMapper().readTree(said.out());
        assertThat(config.get("name").textValue()).isEqualTo("tongdao.ga-db.e2");
        assertThat(config.get("database.hostname").textValue()).isEqualTo("pg.example");
        assertThat(config.get("database.password").textValue()).isEqualTo("${file:/run/secrets.properties:ga-db}");
        assertThat(config.get("value.converter").textValue()).isEqualTo(AvroRowConverter.class.getName());
        assertThat(config.get("value.converter.schema.registry.url").textValue())
                .isEqualTo("http://registry.example");
        assertThat(said.out())
                .contains("${file:/run/secrets.properties:digest}")
                .doesNotContain("${postgresql");
    }

    @Test
    void oneWithASchemaHistoryKnowsTheCluster() throws IOException {
        // When
        Said said = connector("scjg-db", kafka);

        // Then
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("kafka.example:9092", "SASL_SSL", "maria.example");
    }

    @Test
    void aConnectionThatIsNotThereIsRefusedWithThoseThatAre() {
        // When
        Said said = connector("ga", kafka);

        // Then
        assertThat(said.exit()).isEqualTo(Main.USAGE);
        assertThat(said.err()).contains("nothing is captured from ga;", "ga-db", "scjg-db");
        assertThat(said.out()).isEmpty();
    }

    @Test
    void aClientWithoutAClusterOrWithASecretInClearIsRefused() throws IOException {
        // When
        Said none = connector("ga-db", dir.resolve("missing"));
        Said bare = connector("ga-db", Files.writeString(dir.resolve("bare"), "security.protocol=SSL\n"));
        Said clear = connector(
                "scjg-db",
                Files.writeString(dir.resolve("clear"), "bootstrap.servers=k:1\nssl.keystore.password=Kunming2026\n"));
        Said referred = connector(
                "scjg-db",
                Files.writeString(
                        dir.resolve("referred"), "bootstrap.servers=k:1\nssl.keystore.password=${file:/s:k}\n"));

        // Then
        assertThat(none.exit()).isEqualTo(Main.USAGE);
        assertThat(none.err()).contains("can't be read");
        assertThat(bare.exit()).isEqualTo(Main.USAGE);
        assertThat(bare.err()).contains("bootstrap.servers");
        assertThat(clear.exit()).isEqualTo(Main.USAGE);
        assertThat(clear.err())
                .contains("ssl.keystore.password stands in clear", "${file:/run/secrets.properties:kafka.ssl")
                .doesNotContain("Kunming2026");
        assertThat(referred.exit()).as(referred.err()).isZero();
        assertThat(referred.out()).contains("${file:/s:k}");
    }

    private static Said connector(String connection, Path client) {
        List<String> args = new ArrayList<>(List.of("collect", "connector", connection, "--catalogue", "catalogue"));
        args.addAll(List.of("--kafka", client.toString(), "--registry", "http://registry.example"));
        args.addAll(List.of("--secrets", "/run/secrets.properties", "--epoch", "2"));
        ADDRESSES.forEach(one -> args.addAll(List.of("--set", one)));
        return Commands.execute(args);
    }
}
