package io.tongdao.collect;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The task of {@link KeyedPostgresConnector}. */
public final class KeyedPostgresTask extends PostgresConnectorTask {
    private @Nullable KeyedPoll poll;

    @Override
    public ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> start(Configuration config) {
        poll = new KeyedPoll(config.asMap(), SafeOffset.Rule.EACH_LOG_POSITION, DateDoubt.NONE, context);
        MetricsWithoutValues.watch();
        return super.start(config);
    }

    @Override
    public @Nullable List<SourceRecord> doPoll() throws InterruptedException {
        List<SourceRecord> polled = super.doPoll();
        return poll == null ? polled : poll.apply(polled);
    }

    /** Any record is a sign of life: Debezium itself looks for its own envelopes, which are keyed rows here. */
    @Override
    protected boolean containsChangeDataMessages(@Nullable List<SourceRecord> records) {
        return records != null && !records.isEmpty();
    }
}
