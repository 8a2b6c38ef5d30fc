package io.tongdao.ops.provision;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.catalogue.CatalogueProgress;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.topic.Names;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Reads {@code ctl.catalogue} from its beginning, committed only, and writes it. For one thread. */
public final class CatalogueJournal implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PROGRESS = "progress";
    /** Whoever publishes last fences all before: with the read that follows, a compare-and-set. */
    static final String TRANSACTION = "tongdao-catalogue";

    private static final List<TopicPartition> TOPIC = List.of(new TopicPartition(Names.CATALOGUE, 0));
    private final Map<String, Object> client;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TreeMap<Integer, CatalogueVersion> versions = new TreeMap<>();
    private final Map<String, byte[]> chunks = new HashMap<>();
    private @Nullable CatalogueProgress progress;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    public CatalogueJournal(Map<String, Object> client) {
        this.client = Map.copyOf(client);
        Map<String, Object> reading = new HashMap<>(client);
        reading.putAll(Map.of(
                "isolation.level", "read_committed", "auto.offset.reset", "earliest", "enable.auto.commit", false));
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(TOPIC);
        consumer.seekToBeginning(TOPIC);
    }

    /** Everything up to now. */
    public void toEnd() {
        long end = consumer.endOffsets(TOPIC).getOrDefault(TOPIC.getFirst(), 0L);
        Instant limit = Instant.now().plus(LIMIT);
        while (consumer.position(TOPIC.getFirst()) < end) {
            if (Instant.now().isAfter(limit)) {
                throw new ProvisionFailed("ctl.catalogue could not be read to its end", new IllegalStateException());
            }
            poll(Duration.ofMillis(100));
        }
    }

    public void poll(Duration timeout) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
            take(new String(record.key(), UTF_8), record.value());
        }
    }

    private void take(String key, byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        if (key.equals(PROGRESS)) {
            // Who writes it knows it best: what comes back here is older than what was written since.
            progress = producer == null ? CatalogueProgress.FORMAT.decode(value) : progress;
        } else if (key.indexOf('|') > 0) {
            chunks.put(key, CatalogueVersion.Chunk.FORMAT.decode(value).bytes());
        } else {
            CatalogueVersion version = CatalogueVersion.FORMAT.decode(value);
            versions.put(version.version(), version);
        }
    }

    /** All versions that were published, by number. */
    public SortedMap<Integer, CatalogueVersion> versions() {
        return new TreeMap<>(versions);
    }

    public Optional<CatalogueVersion> newest() {
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(versions.lastEntry().getValue());
    }

    public Optional<CatalogueProgress> progress() {
        return Optional.ofNullable(progress);
    }

    /** @throws ProvisionFailed if there is no such version */
    public CatalogueVersion version(int number) {
        CatalogueVersion version = versions.get(number);
        if (version == null) {
            throw new ProvisionFailed(
                    "ctl.catalogue has no version " + number,
                    new IllegalStateException("versions " + versions.keySet()));
        }
        return version;
    }

    /** The files of a version, packed. */
    public byte[] archive(CatalogueVersion version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < version.chunks(); i++) {
            byte[] chunk = chunks.get(chunkKey(version, i));
            if (chunk == null) {
                throw new ProvisionFailed(
                        "ctl.catalogue lacks part " + i + " of " + version.name(), new IllegalStateException());
            }
            out.writeBytes(chunk);
        }
        return out.toByteArray();
    }

    /**
     * Publishes a version with its files in one transaction, if it follows on the newest one.
     *
     * @throws ApplyRefused if somebody else has published that number
     */
    void publish(CatalogueVersion version, List<byte[]> parts) {
        Map<String, Object> writing = new HashMap<>(client);
        writing.putAll(Map.of("acks", "all", "transactional.id", TRANSACTION, "max.request.size", 2 << 20));
        try (var writer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
            writer.initTransactions();
            toEnd();
            int newest = newest().map(CatalogueVersion::version).orElse(0);
            if (version.version() != newest + 1) {
                throw new ApplyRefused(List.of("version %d was published meanwhile by %s: run plan again"
                        .formatted(newest, version(newest).author())));
            }
            writer.beginTransaction();
            for (int i = 0; i < parts.size(); i++) {
                byte[] chunk = CatalogueVersion.Chunk.FORMAT.encode(new CatalogueVersion.Chunk(parts.get(i)));
                var unused = writer.send(record(chunkKey(version, i), chunk));
            }
            var unused = writer.send(record("v" + version.version(), CatalogueVersion.FORMAT.encode(version)));
            writer.commitTransaction();
        } catch (KafkaException e) {
            throw new ProvisionFailed(
                    "the catalogue could not be published: " + e.getClass().getSimpleName(), e);
        }
        await(version.version());
    }

    /** Reads until a version is there that has been published: a commit is visible a little after it is made. */
    public void await(int version) {
        Instant limit = Instant.now().plus(LIMIT);
        while (!versions.containsKey(version)) {
            if (Instant.now().isAfter(limit)) {
                throw new ProvisionFailed(
                        "version " + version + " of the catalogue is not in ctl.catalogue",
                        new IllegalStateException());
            }
            poll(Duration.ofMillis(100));
        }
    }

    /** Notes how far its carrying out is. For the one running exchange. */
    public void write(CatalogueProgress now) {
        if (producer == null) {
            Map<String, Object> writing = new HashMap<>(client);
            writing.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0));
            producer = new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer());
        }
        try {
            producer.send(record(PROGRESS, CatalogueProgress.FORMAT.encode(now)))
                    .get();
            progress = now;
        } catch (ExecutionException e) {
            throw new ProvisionFailed("the catalogue's progress was not written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
        return new ProducerRecord<>(Names.CATALOGUE, 0, key.getBytes(UTF_8), value);
    }

    private static String chunkKey(CatalogueVersion version, int chunk) {
        return "v" + version.version() + "|" + chunk;
    }

    @Override
    public void close() {
        consumer.close();
        if (producer != null) {
            producer.close();
        }
    }
}
