package io.tongdao.collect;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.pipeline.spi.Partition;
import io.tongdao.contract.plan.Source;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The task of {@link KeyedPostgresConnector}. */
public final class KeyedPostgresTask extends PostgresConnectorTask {
    private @Nullable KeyedPoll poll;
    private volatile @Nullable ResumedPosition resumed;
    private volatile @Nullable SlotWatch slot;
    private Configuration configured = Configuration.empty();

    @Override
    public ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> start(Configuration config) {
        configured = config;
        KeyedPoll started = new KeyedPoll(config.asMap(), SafeOffset.Rule.EACH_LOG_POSITION, DateDoubt.NONE, context);
        started.check(Source.Engine.POSTGRESQL, config.asMap());
        poll = started;
        MetricsWithoutValues.watch();
        ResumedPosition position = new ResumedPosition(config.asMap());
        slot = null;
        resumed = position;
        return EventSummaries.none(position.during(() -> super.start(config)));
    }

    @Override
    protected Offsets<PostgresPartition, PostgresOffsetContext> getPreviousOffsets(
            Partition.Provider<PostgresPartition> provider, OffsetContext.Loader<PostgresOffsetContext> loader) {
        Offsets<PostgresPartition, PostgresOffsetContext> offsets = super.getPreviousOffsets(provider, loader);
        ResumedPosition position = resumed;
        if (position == null) {
            return offsets;
        }
        String name = configured.getString("slot.name");
        String url = SourceUrl.of(Source.Engine.POSTGRESQL, configured.asMap());
        PostgresOffsetContext stopped = offsets.getTheOnlyOffset();
        position.prepare(stopped, url, configured, (database, offset) -> PostgresCheck.gap(database, name, offset));
        if (slot == null) {
            boolean streams = stopped != null && !stopped.isInitialSnapshotRunning();
            slot = new SlotWatch(name, url, configured.asMap(), streams ? stopped.getOffset() : null);
        }
        return offsets;
    }

    @Override
    public @Nullable List<SourceRecord> doPoll() throws InterruptedException {
        return poll == null ? super.doPoll() : poll.poll(this, this::watched);
    }

    private @Nullable List<SourceRecord> watched() throws InterruptedException {
        List<SourceRecord> polled = super.doPoll();
        if (slot != null) {
            slot.see(polled);
        }
        return polled;
    }

    /** Any record is a sign of life: Debezium itself looks for its own envelopes, which are keyed rows here. */
    @Override
    protected boolean containsChangeDataMessages(@Nullable List<SourceRecord> records) {
        return records != null && !records.isEmpty();
    }
}
