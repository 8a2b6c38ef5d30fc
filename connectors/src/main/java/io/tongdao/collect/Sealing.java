package io.tongdao.collect;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.seal.NoSealKey;
import io.tongdao.contract.seal.Seal;
import io.tongdao.contract.seal.SealedRow;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Topic;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Seals the records of datasets that are collected under an incident (art. 27) as they leave for Kafka: the key becomes a name that only the
 * incident's key gives, key and row lie sealed in the value. Records of other topics pass. Of one engine's run: not thread-safe.
 */
final class Sealing {
    private final Map<String, Sealed> topics = new HashMap<>();

    private record Sealed(Topic topic, String inside, Seal seal, WireFormat.Writer writer) {
        Sent sent(byte[] key, byte @Nullable [] value) {
            byte[] name = seal.name(topic.name(), key);
            byte[] text = value == null ? null : new SealedRow(key, value).seal(seal, topic.name(), name);
            return new Sent(
                    SubjectKey.partition(name, topic.partitions()),
                    name,
                    text == null ? null : writer.encode(out -> out.writeBytes(ByteBuffer.wrap(text))));
        }
    }

    /** What a record is on its topic. */
    @SuppressWarnings("ArrayRecordComponent") // on its way to Kafka, never compared
    record Sent(@Nullable Integer partition, byte[] key, byte @Nullable [] value) {}

    /** @throws CollectException if the key of an incident is not there: nothing of it is collected in clear */
    static Sealing of(List<DatasetPlan> datasets, CollectSettings settings) {
        Sealing sealing = new Sealing();
        WireFormat format = new WireFormat(settings.registry());
        for (DatasetPlan dataset : datasets) {
            if (dataset.sealed()) {
                Topic topic = dataset.topic();
                sealing.topics.put(
                        topic.name(),
                        new Sealed(
                                topic,
                                dataset.rows().name(),
                                seal(dataset, settings),
                                format.writer(topic.valueSubject(), topic.schema())));
            }
        }
        return sealing;
    }

    private static Seal seal(DatasetPlan dataset, CollectSettings settings) {
        try {
            return settings.seals().of(dataset.incident());
        } catch (NoSealKey e) {
            throw new CollectException(dataset.id() + " is not collected: " + e.getMessage());
        }
    }

    /** The topic by whose schema a topic's rows are written. */
    String inside(String topic) {
        Sealed sealed = topics.get(topic);
        return sealed == null ? topic : sealed.inside();
    }

    /** @param key marks and rejects have no such topic, and stay as they are */
    Sent sent(String topic, @Nullable Integer partition, byte[] key, byte @Nullable [] value) {
        Sealed sealed = topics.get(topic);
        return sealed == null ? new Sent(partition, key, value) : sealed.sent(key, value);
    }
}
