package io.tongdao.lakehouse.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.lakehouse.maintain.Expiry;
import io.tongdao.lakehouse.sink.Lake;
import io.tongdao.lakehouse.sink.TableFeed;
import io.tongdao.lakehouse.sink.TableWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DayTagsTest {
    private static final TableFeed FEED = Lake.feed("base.population", "base.population", 1, 1, 0);
    private static final Duration DAY = Duration.ofDays(1);
    private static final DayTags MONTH = new DayTags(Duration.ofDays(30));

    @TempDir
    Path folder;

    private Lake lake;
    private Table table;
    private Snapshot first;

    @BeforeEach
    void make() {
        lake = new Lake(folder);
        commit(0);
        table = lake.catalog.table("base.population");
        first = table.currentSnapshot();
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void aDayThatIsOverIsTaggedOnce() {
        // When
        for (int i = 0; i < 2; i++) {
            MONTH.before(table, table.currentSnapshot(), first.timestampMillis() + DAY.toMillis());
        }

        // Then
        assertThat(table.refs().keySet()).containsExactlyInAnyOrder("main", today().toString());
        assertThat(table.refs().get(today().toString()).snapshotId()).isEqualTo(first.snapshotId());
    }

    @Test
    void aDayThatIsNotOverOrNotKeptHasNoTag() {
        // When
        long tomorrow = first.timestampMillis() + DAY.toMillis();
        MONTH.before(table, first, first.timestampMillis());
        DayTags.NONE.before(table, first, tomorrow);
        MONTH.before(table, null, tomorrow);

        // Then
        assertThat(table.refs().keySet()).containsExactly("main");
    }

    @Test
    void whatADaysEndNeedsOutlivesExpiryAsLongAsItsTag() {
        // Given
        MONTH.before(table, first, first.timestampMillis() + DAY.toMillis());
        commit(1);
        commit(2);

        // When
        Expiry.expire(table, 1, Duration.ZERO);
        table.refresh();

        // Then
        assertThat(table.snapshots())
                .hasSize(2)
                .extracting(Snapshot::snapshotId)
                .contains(first.snapshotId());
        assertThat(lake.rows("base.population")).hasSize(3);
        assertThat(table.newScan().useRef(today().toString()).planFiles()).hasSize(1);
    }

    @Test
    void anOldDayGoes() throws InterruptedException {
        // Given
        new DayTags(Duration.ofMillis(300)).before(table, first, first.timestampMillis() + DAY.toMillis());
        commit(1);
        commit(2);
        Thread.sleep(Math.max(0, first.timestampMillis() + 400 - System.currentTimeMillis()));

        // When
        Expiry.expire(table, 1, Duration.ZERO);
        table.refresh();

        // Then
        assertThat(table.refs().keySet()).containsExactly("main");
    }

    private void commit(int offset) {
        try (TableWriter writer = lake.open(FEED)) {
            writer.add(Lake.upsert(FEED, 0, offset, "k" + offset, offset));
            writer.commit();
        }
    }

    private LocalDate today() {
        return DayTags.day(first.timestampMillis());
    }
}
