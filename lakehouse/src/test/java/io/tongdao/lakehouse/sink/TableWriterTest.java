package io.tongdao.lakehouse.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.lakehouse.commit.TableStopped;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableWriterTest {
    private static final TableFeed BASE = Lake.feed("base.population", "base.population", 2, 1, 0);
    private static final TableFeed SRC = Lake.feed("src_ga.household", "src.ga.household", 1, 1, 0);

    @TempDir
    Path folder;

    private Lake lake;

    @BeforeEach
    void open() {
        lake = new Lake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void keepsTheLastRowOfEachKeyAndForgetsDeletedOnes() {
        // Given
        TableWriter writer = lake.open(BASE);
        writer.add(Lake.upsert(BASE, 0, 0, "a", 1));
        writer.add(Lake.upsert(BASE, 0, 1, "b", 2));
        writer.add(Lake.upsert(BASE, 1, 0, "c", 3));
        writer.add(Lake.upsert(BASE, 0, 2, "a", 4));
        writer.commit();

        // When
        writer.add(Lake.upsert(BASE, 0, 3, "a", 5));
        writer.add(Lake.delete(BASE, 0, 4, "b"));
        writer.add(Lake.record(BASE, 1, 1, "!complete:person:0", null));
        writer.commit();

        // Then
        assertThat(lake.rows("base.population")).isEqualTo(Map.of("a", 5L, "c", 3L));
        assertThat(writer.positions()).isEqualTo(Map.of(0, 5L, 1, 2L));
        var summary = lake.catalog.table("base.population").currentSnapshot().summary();
        assertThat(summary)
                .containsEntry("tongdao.offsets", "0=5,1=2")
                .containsEntry("tongdao.complete", "0=,1=person:0")
                .containsEntry("tongdao.topic-id", "id-of-base.population")
                .containsEntry("tongdao.valid-through", "1700000000001");
        assertThat(summary.getOrDefault("total-equality-deletes", "0")).isEqualTo("0");
        assertThat(Long.parseLong(summary.get("total-records")) - Long.parseLong(summary.get("total-position-deletes")))
                .isEqualTo(2);
    }

    @Test
    void oneOfTwoWritersOfAPartitionCommits() {
        // Given
        TableWriter first = lake.open(BASE);
        TableWriter second = lake.open(BASE);
        first.add(Lake.upsert(BASE, 0, 0, "a", 1));
        second.add(Lake.upsert(BASE, 0, 0, "a", 1));
        first.commit();

        // When
        var refused = org.assertj.core.api.Assertions.catchThrowableOfType(TableStopped.class, second::commit);

        // Then
        assertThat(refused.reason()).isEqualTo(TableStopped.Reason.OWNERSHIP_LOST);
        assertThat(lake.rows("base.population")).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void writersOfDifferentPartitionsDoNotDisturbEachOther() {
        // Given
        var decoder = (java.util.function.Function<byte[], org.apache.avro.generic.GenericRecord>) Lake::decode;
        TableWriter zero = TableWriter.open(
                lake.catalog, lake.indexes, BASE, "t", java.util.Set.of(0), decoder, SinkSettings.DEFAULT);
        TableWriter one = TableWriter.open(
                lake.catalog, lake.indexes, BASE, "t", java.util.Set.of(1), decoder, SinkSettings.DEFAULT);

        // When
        for (int round = 0; round < 5; round++) {
            zero.add(Lake.upsert(BASE, 0, round, "a", round));
            one.add(Lake.upsert(BASE, 1, round, "b", round));
            zero.commit();
            one.commit();
        }

        // Then
        assertThat(lake.rows("base.population")).isEqualTo(Map.of("a", 4L, "b", 4L));
        assertThat(lake.catalog.table("base.population").currentSnapshot().summary())
                .containsEntry("tongdao.offsets", "0=5,1=5");
    }

    @Test
    void stopsOnAForeignCommitWithoutOffsets() {
        // Given
        TableWriter writer = lake.open(BASE);
        writer.add(Lake.upsert(BASE, 0, 0, "a", 1));
        writer.commit();

        // When
        lake.catalog
                .table("base.population")
                .newDelete()
                .deleteFromRowFilter(Expressions.alwaysTrue())
                .commit();

        // Then
        assertThatThrownBy(() -> lake.open(BASE))
                .isInstanceOf(TableStopped.class)
                .hasMessageContaining("NO_OFFSETS");
    }

    @Test
    void aSourceRowSentAgainDoesNotTakeTheTableBack() {
        // Given
        TableWriter writer = lake.open(SRC);
        writer.add(Lake.from(Lake.upsert(SRC, 0, 0, "a", 1), "r1", 10));
        writer.add(Lake.from(Lake.upsert(SRC, 0, 1, "b", 1), "r2", 11));
        writer.commit();
        writer.add(Lake.from(Lake.upsert(SRC, 0, 2, "a", 2), "r1", 12));
        writer.add(Lake.from(Lake.delete(SRC, 0, 3, "b"), "r2", 13));
        writer.commit();

        // When
        writer.add(Lake.from(Lake.upsert(SRC, 0, 4, "a", 1), "r1", 10));
        writer.add(Lake.from(Lake.upsert(SRC, 0, 5, "b", 1), "r2", 11));
        writer.commit();

        // Then
        assertThat(lake.rows("src_ga.household")).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void aTombstoneOfAnotherRowThanTheOwnerIsIgnored() {
        // Given
        TableWriter writer = lake.open(SRC);
        writer.add(Lake.from(Lake.upsert(SRC, 0, 0, "a", 1), "r1", 10));
        writer.add(Lake.from(Lake.upsert(SRC, 0, 1, "b", 2), "r2", 10));
        writer.commit();

        // When the two rows swap their keys in one transaction
        writer.add(Lake.from(Lake.delete(SRC, 0, 2, "a"), "r1", 20));
        writer.add(Lake.from(Lake.upsert(SRC, 0, 3, "b", 1), "r1", 20));
        writer.add(Lake.from(Lake.delete(SRC, 0, 4, "b"), "r2", 20));
        writer.add(Lake.from(Lake.upsert(SRC, 0, 5, "a", 2), "r2", 20));
        writer.commit();

        // Then
        assertThat(lake.rows("src_ga.household")).isEqualTo(Map.of("a", 2L, "b", 1L));
    }

    @Test
    void aNewEpochBecomesTheTableInOneStep() {
        // Given
        TableFeed old = Lake.feed("share_tax.g1", "share.tax.g1.e1", 1, 1, 2);
        TableFeed fresh = Lake.feed("share_tax.g1", "share.tax.g1.e2", 1, 2, 2);
        TableWriter first = lake.open(old);
        first.add(Lake.upsert(old, 0, 0, "a", 1));
        first.add(Lake.upsert(old, 0, 1, "b", 1));
        first.commit();
        first.add(Lake.upsert(old, 0, 2, "b", 2));
        first.commit();

        // When
        TableWriter second = lake.open(fresh);
        second.add(Lake.upsert(fresh, 0, 0, "a", 7));
        second.add(Lake.record(fresh, 0, 1, "!complete:person:0", null));
        second.commit();
        Map<String, Long> before = lake.rows("share_tax.g1");
        second.close();
        TableWriter again = lake.open(fresh);
        again.add(Lake.upsert(fresh, 0, 2, "c", 8));
        again.add(Lake.record(fresh, 0, 3, "!complete:person:1", null));
        again.commit();
        again.add(Lake.upsert(fresh, 0, 4, "a", 9));
        again.commit();

        // Then
        assertThat(before).isEqualTo(Map.of("a", 1L, "b", 2L));
        assertThat(lake.rows("share_tax.g1")).isEqualTo(Map.of("a", 9L, "c", 8L));
        assertThat(lake.catalog.table("share_tax.g1").refs()).containsOnlyKeys("main");
        assertThatThrownBy(() -> lake.open(old)).hasMessageContaining("TOPIC_REPLACED");
    }
}
