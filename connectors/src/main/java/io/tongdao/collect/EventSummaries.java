package io.tongdao.collect;

import io.debezium.pipeline.ChangeEventSourceCoordinator;
import io.debezium.pipeline.metrics.PipelineMetrics;
import io.debezium.pipeline.source.spi.EventMetadataProvider;
import io.debezium.pipeline.spi.OffsetContext;
import io.debezium.pipeline.txmetadata.TransactionInfo;
import io.debezium.spi.schema.DataCollectionId;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares Debezium the text that it makes of each event for a metric that nobody may see ({@link MetricsWithoutValues}): it quotes the
 * primary key, and a JSON mapper made for it was a fifth of what a snapshot's row cost (ops/decisions/0264).
 */
final class EventSummaries {
    private static final Logger LOG = LoggerFactory.getLogger(EventSummaries.class);

    private EventSummaries() {}

    /** A task's coordinator, of which no event is described; as it is where this Debezium keeps its meters elsewhere. */
    static <T extends ChangeEventSourceCoordinator<?, ?>> T none(T coordinator) {
        try {
            for (String name : new String[] {"snapshotMetrics", "streamingMetrics"}) {
                Object meter = value(
                        PipelineMetrics.class,
                        "commonEventMeter",
                        value(ChangeEventSourceCoordinator.class, name, coordinator));
                Field provider = field(meter.getClass(), "metadataProvider");
                provider.set(meter, new Undescribed((EventMetadataProvider) provider.get(meter)));
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("Debezium describes each event: a snapshot costs more than it need", e);
        }
        return coordinator;
    }

    private static Object value(Class<?> type, String field, Object of) throws ReflectiveOperationException {
        return field(type, field).get(of);
    }

    private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** Knows all about an event but words. */
    private record Undescribed(EventMetadataProvider known) implements EventMetadataProvider {
        @Override
        public String toSummaryString(
                @Nullable DataCollectionId source,
                @Nullable OffsetContext offset,
                @Nullable Object key,
                @Nullable Struct value) {
            return "";
        }

        @Override
        public @Nullable Instant getEventTimestamp(
                DataCollectionId source, OffsetContext offset, Object key, Struct value) {
            return known.getEventTimestamp(source, offset, key, value);
        }

        @Override
        public @Nullable Map<String, String> getEventSourcePosition(
                DataCollectionId source, OffsetContext offset, Object key, Struct value) {
            return known.getEventSourcePosition(source, offset, key, value);
        }

        @Override
        public @Nullable String getTransactionId(
                DataCollectionId source, OffsetContext offset, Object key, Struct value) {
            return known.getTransactionId(source, offset, key, value);
        }

        @Override
        public TransactionInfo getTransactionInfo(
                DataCollectionId source, OffsetContext offset, Object key, Struct value) {
            return known.getTransactionInfo(source, offset, key, value);
        }
    }
}
