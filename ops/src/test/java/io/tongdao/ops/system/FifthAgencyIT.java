package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.topic.Names;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.provision.TopicContent;
import io.tongdao.reconcile.DiscrepancyFormat;
import java.io.IOException;
import java.nio.file.Files;
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

    /** What it says becomes part of a base database, is checked, and stands in a thematic table: all of it by words of the catalogue. */
    @Test
    void itSpeaksInABaseDatabaseAndAThematicTable() throws Exception {
        // Given
        awaitEqual();
        // When
        try (Connection connection = agency.connect()) {
            WholeExchange.commit(
                    connection,
                    "INSERT INTO jzyqyzz_xx VALUES ('D530000777', '91530100525943511Y', '云南负数建设有限公司', '一级', '厅',"
                            + " '2026-05-01', '2029-04-30', '1', '段宏', -1.00)");
        }
        // Then
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(whole.lake(
                                "select ent_name, net_assets, _sources['net_assets'].dataset from base.legal_entity"
                                        + " where net_assets < 0"))
                        .as("the new item, and the name by a new source where the source of record has none")
                        .containsExactly(List.of("云南负数建设有限公司", "-1.00", "zjj.construction_qualification")));
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(whole.lake(
                                "select certificate_no, holder from theme_credit.builders where net_assets < 0"))
                        .containsExactly(List.of("D530000777", "云南负数建设有限公司")));
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(open("assets_not_negative")).isEqualTo(1));
        try (Connection connection = agency.connect()) {
            WholeExchange.commit(connection, "DELETE FROM jzyqyzz_xx WHERE zsbh = 'D530000777'");
        }
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(open("assets_not_negative")).isZero());
    }

    private static long open(String check) {
        return TopicContent.read(whole.parts().broker().adminSettings(), Names.DISCREPANCIES).values().stream()
                .map(DiscrepancyFormat.FORMAT::decode)
                .filter(found -> found.stands() && found.item().equals(check))
                .count();
    }

    private static Path catalogue() throws IOException {
        Path catalogue = dir.resolve("catalogue");
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        FifthAgency.addTo(catalogue);
        Path base = catalogue.resolve("base/legal_entity.yaml");
        String name = "ent_name:           {source_of_record: scjg.enterprise_registration";
        String text = Files.readString(base);
        assertThat(text).contains(name);
        Files.writeString(base, text.replace(name, name + ", fallback: [zjj.construction_qualification]") + """
                  net_assets:         {source_of_record: zjj.construction_qualification}
                checks:
                  assets_not_negative: {label: 净资产为负, holds: net_assets >= 0.0, blame: zjj}
                """);
        return catalogue;
    }
}
