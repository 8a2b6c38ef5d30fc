package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.ops.OneExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agency that the product has never heard of: four files beside the sample catalogue, and its table is collected and kept. */
@OneExchange
class FifthAgencyIT {
    private static final List<String> ENTERPRISES = FifthAgency.ENTERPRISES;

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static FifthAgency agency;

    @BeforeAll
    static void start() throws Exception {
        whole = new WholeExchange(dir.resolve("data"), 300);
        agency = FifthAgency.make(whole);
        whole.collect(catalogue());
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    void itsTableIsCollectedByCatalogueFilesAlone() throws Exception {
        // Given
        assertThat(agency.database()).hasSize(ENTERPRISES.size());
        awaitEqual();
        // When
        try (Connection connection = agency.connect()) {
            WholeExchange.commit(
                    connection,
                    FifthAgency.row("D530000005", ENTERPRISES.get(0)),
                    FifthAgency.row("D530000006", ENTERPRISES.get(1)),
                    "UPDATE jzyqyzz_xx SET zszt = '2', jzc = 123456.78 WHERE zsbh = 'D530000001'",
                    "UPDATE jzyqyzz_xx SET tyshxydm = '" + ENTERPRISES.get(3)
                            + "', yxqz = NULL WHERE zsbh = 'D530000002'",
                    "UPDATE jzyqyzz_xx SET zsbh = 'D530000099' WHERE zsbh = 'D530000003'",
                    "DELETE FROM jzyqyzz_xx WHERE zsbh = 'D530000004'");
        }
        // Then
        assertThat(agency.database()).hasSize(5);
        awaitEqual();
        assertThat(whole.exchange().failure()).isNotDone();
    }

    /** The first mistake that a fifth agency makes must not stop the other four. */
    @Test
    void itsBadRowsAreQuarantined() throws Exception {
        // Given
        awaitEqual();
        List<List<String>> before = agency.lake();
        // When
        try (Connection connection = agency.connect()) {
            WholeExchange.commit(connection, FifthAgency.row("D530000666", "91530100525943511X"));
        }
        // Then
        await().atMost(Duration.ofSeconds(30)).until(() -> rejects() == 1);
        assertThat(agency.lake()).isEqualTo(before);
        try (Connection connection = agency.connect()) {
            WholeExchange.commit(connection, "DELETE FROM jzyqyzz_xx WHERE zsbh = 'D530000666'");
        }
    }

    private static long rejects() {
        return whole.exchange().collectors().stream()
                .flatMap(collector -> collector.status().datasets().stream())
                .filter(dataset -> dataset.dataset().equals("zjj.construction_qualification"))
                .mapToLong(dataset -> dataset.rejects())
                .sum();
    }

    private static void awaitEqual() {
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(agency.lake()).isEqualTo(agency.database()));
    }

    private static Path catalogue() throws IOException {
        Path catalogue = dir.resolve("catalogue");
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        FifthAgency.addTo(catalogue);
        return catalogue;
    }
}
