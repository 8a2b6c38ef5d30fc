package io.tongdao.collect;

import io.debezium.config.Configuration;
import io.debezium.connector.mysql.MySqlConnectorTask;
import io.debezium.connector.mysql.MySqlOffsetContext;
import io.debezium.connector.mysql.MySqlPartition;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.spi.Offsets;
import io.debezium.pipeline.spi.Partition;
import io.tongdao.contract.plan.Source;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The task of {@link KeyedMySqlConnector}. */
public final class KeyedMySqlTask extends MySqlConnectorTask {
    private @Nullable KeyedPoll poll;
    private volatile @Nullable ResumedPosition resumed;
    private @Nullable ZeroDates doubts;
    private Configuration configured = Configuration.empty();

    @Override
    public ChangeEventSourceCoordinator<MySqlPartition, MySqlOffsetContext> start(Configuration config) {
        closeDoubts();
        configured = config;
        doubts = new ZeroDates(Source.Engine.MYSQL, config.asMap());
        KeyedPoll started = new KeyedPoll(config.asMap(), SafeOffset.Rule.EACH_EVENT, doubts, context);
        started.check(Source.Engine.MYSQL, config.asMap());
        poll = started;
        MetricsWithoutValues.watch();
        ResumedPosition position = new ResumedPosition(config.asMap());
        resumed = position;
        return EventSummaries.none(position.during(() -> super.start(config)));
    }

    @Override
    protected Offsets<MySqlPartition, MySqlOffsetContext> getPreviousOffsets(
            Partition.Provider<MySqlPartition> provider, OffsetContext.Loader<MySqlOffsetContext> loader) {
        Offsets<MySqlPartition, MySqlOffsetContext> offsets = super.getPreviousOffsets(provider, loader);
        ResumedPosition position = resumed;
        if (position == null) {
            return offsets;
        }
        position.prepare(
                offsets.getTheOnlyOffset(),
                SourceUrl.of(Source.Engine.MYSQL, configured.asMap()),
                configured,
                MySqlCheck::gap);
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

    @Override
    protected void doStop() {
        closeDoubts();
        super.doStop();
    }

    private void closeDoubts() {
        if (doubts != null) {
            doubts.close();
            doubts = null;
        }
    }
}
