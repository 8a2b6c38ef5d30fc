package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A restart from the offset that a record carries must never miss a row of the same log position. */
class SafeOffsetTest {
    private static final Map<String, String> PARTITION = Map.of("server", "test");

    private static SourceRecord at(long lsn, String message) {
        return new SourceRecord(PARTITION, Map.of("lsn", lsn, "messageType", message), "t", null, null);
    }

    private static List<Object> carried(SafeOffset.Rule rule, SourceRecord... events) {
        SafeOffset safe = new SafeOffset(rule, new Stored(Map.of("lsn", 5L, "messageType", "INSERT")));
        List<Object> offsets = new ArrayList<>();
        for (SourceRecord event : events) {
            safe.offset(PARTITION);
            offsets.add(safe.advance(event).get("lsn"));
        }
        return offsets;
    }

    @Test
    void aPositionIsDoneWhenAnotherFollows() {
        // Given
        SourceRecord[] copied = {
            at(10, "INSERT"), at(10, "INSERT"), at(10, "INSERT"), at(20, "INSERT"), at(30, "COMMIT")
        };

        // When
        List<Object> offsets = carried(SafeOffset.Rule.EACH_LOG_POSITION, copied);

        // Then
        assertThat(offsets).containsExactly(5L, 5L, 5L, 10L, 30L);
    }

    @Test
    void aRowReadBesideTheStreamDoesNotFinishTheStreamsPosition() {
        // Given
        SourceRecord between = new SourceRecord(
                PARTITION, Map.of("lsn", 10L, "messageType", "INSERT", "snapshot", "INCREMENTAL"), "t", null, null);

        // When
        List<Object> offsets = carried(
                SafeOffset.Rule.EACH_LOG_POSITION, at(10, "INSERT"), between, at(10, "INSERT"), at(20, "INSERT"));

        // Then
        assertThat(offsets).containsExactly(5L, 5L, 5L, 10L);
    }

    @Test
    void offsetsThatCountRowsAreSafeAtOnce() {
        // Given
        SourceRecord[] rows = {at(10, "INSERT"), at(10, "INSERT")};

        // When
        List<Object> offsets = carried(SafeOffset.Rule.EACH_EVENT, rows);

        // Then
        assertThat(offsets).containsExactly(10L, 10L);
    }

    private record Stored(Map<String, Object> offset) implements SourceTaskContext {
        @Override
        public Map<String, String> configs() {
            return Map.of();
        }

        @Override
        public @Nullable OffsetStorageReader offsetStorageReader() {
            return new OffsetStorageReader() {
                @Override
                public <T> Map<String, Object> offset(Map<String, T> partition) {
                    return offset;
                }

                @Override
                public <T> Map<Map<String, T>, Map<String, Object>> offsets(
                        java.util.Collection<Map<String, T>> partitions) {
                    return Map.of();
                }
            };
        }

        @Override
        public org.apache.kafka.common.metrics.@Nullable PluginMetrics pluginMetrics() {
            return null;
        }
    }
}
