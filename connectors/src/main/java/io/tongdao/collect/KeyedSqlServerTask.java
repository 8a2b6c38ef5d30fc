package io.tongdao.collect;

import io.debezium.config.Configuration;
import io.debezium.connector.sqlserver.SqlServerConnectorTask;
import io.debezium.connector.sqlserver.SqlServerOffsetContext;
import io.debezium.connector.sqlserver.SqlServerPartition;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.pipeline.spi.Partition;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Source;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The task of {@link KeyedSqlServerConnector}. */
public final class KeyedSqlServerTask extends SqlServerConnectorTask {
    private @Nullable KeyedPoll poll;
    private volatile @Nullable ResumedPosition resumed;
    private Configuration configured = Configuration.empty();

    @Override
    public ChangeEventSourceCoordinator<SqlServerPartition, SqlServerOffsetContext> start(Configuration config) {
        configured = config;
        KeyedPoll started = new KeyedPoll(config.asMap(), SafeOffset.Rule.EACH_EVENT, new LargeValues(), context);
        started.check(Source.Engine.SQLSERVER, config.asMap());
        poll = started;
        MetricsWithoutValues.watch();
        ResumedPosition position = new ResumedPosition(config.asMap());
        resumed = position;
        return EventSummaries.none(position.during(() -> super.start(config)));
    }

    @Override
    protected Offsets<SqlServerPartition, SqlServerOffsetContext> getPreviousOffsets(
            Partition.Provider<SqlServerPartition> provider, OffsetContext.Loader<SqlServerOffsetContext> loader) {
        Offsets<SqlServerPartition, SqlServerOffsetContext> offsets = super.getPreviousOffsets(provider, loader);
        List<DatasetPlan> datasets = KeyedConfig.of(configured.asMap()).datasets();
        ResumedPosition position = resumed;
        if (position == null) {
            return offsets;
        }
        position.prepare(
                offsets.getTheOnlyOffset(),
                SourceUrl.of(Source.Engine.SQLSERVER, configured.asMap()),
                configured,
                (database, offset) -> SqlServerCheck.gap(database, datasets, offset));
        return offsets;
    }

    @Override
    public @Nullable List<SourceRecord> doPoll() throws InterruptedException {
        return poll == null ? super.doPoll() : poll.poll(this, super::doPoll);
    }

    /** Any record is a sign of life: Debezium itself looks for its own envelopes, which are keyed rows here. */
    @Override
    protected boolean containsChangeDataMessages(@Nullable List<SourceRecord> records) {
        return records != null && !records.isEmpty();
    }
}
