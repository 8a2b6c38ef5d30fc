package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.config.Configuration;
import io.debezium.connector.mysql.MySqlConnectorConfig;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.sqlserver.Lsn;
import io.debezium.connector.sqlserver.SqlServerConnectorConfig;
import io.debezium.connector.sqlserver.SqlServerOffsetContext;
import io.debezium.connector.sqlserver.TxLogPosition;
import io.debezium.relational.TableId;
import io.tongdao.contract.topic.Pos;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Positions of MySQL's and SQL Server's changes, from the source blocks and offsets that Debezium's own contexts make. */
class SourcePositionTest {
    private static final Instant AT = Instant.ofEpochMilli(1_790_000_000_000L);
    private static final TableId PERSON = new TableId("ga", "dbo", "person");

    private final SqlServerOffsetContext sqlServer = new SqlServerOffsetContext(
            new SqlServerConnectorConfig(Configuration.create()
                    .with("topic.prefix", "collect.ga")
                    .with("database.names", "ga")
                    .build()),
            TxLogPosition.NULL,
            null,
            false);
    private final MySqlOffsetContext mySql = MySqlOffsetContext.initial(new MySqlConnectorConfig(Configuration.create()
            .with("topic.prefix", "collect.ga")
            .with("database.server.id", 1)
            .with("read.only", true)
            .build()));

    private Pos sqlServer(String commit, String change, int events) {
        sqlServer.setChangePosition(TxLogPosition.valueOf(Lsn.valueOf(commit), Lsn.valueOf(change)), events);
        sqlServer.event(PERSON, AT);
        return SourcePosition.of(sqlServer.getSourceInfo(), sqlServer.getOffset())
                .pos(1, 0);
    }

    @Test
    void sqlServersChangesSortByCommitThenByChangeThenBySerial() {
        // Given
        List<Pos> told = new ArrayList<>();

        // When
        told.add(sqlServer("00000027:000007f0:0003", "00000026:0fffffff:0ffe", 1));
        told.add(sqlServer("00000027:000007f0:0003", "00000027:00000010:0001", 1));
        told.add(sqlServer("00000027:000007f0:0003", "00000027:00000010:0002", 1));
        told.add(sqlServer("00000027:000007f0:0003", "00000027:00000010:0002", 1));
        told.add(sqlServer("00000027:000007f0:0003", "00000027:000007f0:0001", 2));
        told.add(sqlServer("00000027:000007f0:0004", "00000027:00000009:0001", 1));
        told.add(sqlServer("00000027:000007f1:0001", "00000026:00000001:0001", 1));
        told.add(sqlServer("00000028:00000010:0001", "00000026:00000001:0001", 1));
        told.add(sqlServer("ffffffff:ffffffff:0001", "ffffffff:00000001:0001", 1));

        // Then
        List<Pos> shuffled = new ArrayList<>(told);
        Collections.shuffle(shuffled, new Random(1));
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(told);
        assertThat(told).doesNotHaveDuplicates().allMatch(pos -> pos.commit() != 0);
    }

    @Test
    void aDeletionAndAnInsertionOfOneNumberAreTwoPositionsAgainAfterARestart() {
        // Given
        String commit = "00000027:000007f0:0003";
        String change = "00000027:00000010:0002";
        Pos deletion = sqlServer(commit, change, 1);
        Pos insertion = sqlServer(commit, change, 1);

        // When
        SqlServerOffsetContext resumed = new SqlServerOffsetContext.Loader(
                        new SqlServerConnectorConfig(Configuration.create()
                                .with("topic.prefix", "collect.ga")
                                .with("database.names", "ga")
                                .build()))
                .load(java.util.Map.of("commit_lsn", commit, "change_lsn", change, "event_serial_no", 1L));
        resumed.setChangePosition(TxLogPosition.valueOf(Lsn.valueOf(commit), Lsn.valueOf(change)), 1);
        resumed.event(PERSON, AT);
        Pos again =
                SourcePosition.of(resumed.getSourceInfo(), resumed.getOffset()).pos(1, 0);

        // Then
        assertThat(insertion).isGreaterThan(deletion).isEqualTo(again);
        assertThat(SourcePosition.of(sqlServer.getSourceInfo(), sqlServer.getOffset())
                        .at())
                .isEqualTo(AT);
    }

    @Test
    void recordsOfOneEventSortBelowThoseOfTheNextOfTheSameNumber() {
        // Given
        SourcePosition first = position(1);
        SourcePosition second = position(1);

        // When
        Pos last = first.pos(1, KeyBySubject.MOVED + 0xFFFF);

        // Then
        assertThat(second.pos(1, 0)).isGreaterThan(last);
    }

    private SourcePosition position(int events) {
        sqlServer("00000027:000007f0:0003", "00000027:00000010:0002", events);
        return SourcePosition.of(sqlServer.getSourceInfo(), sqlServer.getOffset());
    }

    @Test
    void aTransactionTooLongToBeOrderedIsReadAnew() {
        // When
        var refused = assertThatThrownBy(() -> sqlServer("00002027:000007f0:0003", "00000027:00000010:0002", 1));

        // Then
        refused.isInstanceOf(ResnapshotException.class).hasMessageContaining("too long");
    }

    @Test
    void sqlServersSnapshotRowsSortBelowEveryChange() {
        // Given
        sqlServer.preSnapshotStart(false);
        sqlServer.setChangePosition(TxLogPosition.valueOf(Lsn.valueOf("00000027:000007f0:0003")), 0);
        sqlServer.event(PERSON, AT);

        // When
        SourcePosition read = SourcePosition.of(sqlServer.getSourceInfo(), sqlServer.getOffset());

        // Then
        assertThat(read.pos(1, 0)).isLessThan(new Pos(1, 1, 0, 0));
        assertThat(read.at()).isNull();
        assertThat(SafeOffset.initial(sqlServer.getOffset())).isTrue();
    }

    private Pos mySql(int row, int rows) {
        mySql.setRowNumber(row, rows);
        mySql.event(new TableId("ga", null, "person"), AT);
        return SourcePosition.of(mySql.getSourceInfo(), mySql.getOffset()).pos(1, 0);
    }

    @Test
    void mySqlsChangesSortByFileThenByEventThenByRow() {
        // Given
        List<Pos> told = new ArrayList<>();
        mySql.setBinlogStartPoint("binlog.000009", 4);

        // When
        mySql.setEventPosition(1000, 80);
        mySql.startNextTransaction();
        mySql.setEventPosition(1200, 300);
        told.add(mySql(0, 2));
        told.add(mySql(1, 2));
        mySql.changeEventCompleted();
        mySql.completeEvent();
        mySql.setEventPosition(4_000_000_000L, 300);
        told.add(mySql(0, 1));
        mySql.commitTransaction();
        mySql.setBinlogStartPoint("binlog.000010", 4);
        mySql.setEventPosition(200, 300);
        told.add(mySql(0, 1));
        mySql.setBinlogStartPoint("binlog.1000000", 4);
        mySql.setEventPosition(100, 300);
        told.add(mySql(0, 1));

        // Then
        assertThat(told).isSorted().doesNotHaveDuplicates();
    }
}
