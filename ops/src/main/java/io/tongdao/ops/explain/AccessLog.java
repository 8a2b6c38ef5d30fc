package io.tongdao.ops.explain;

import io.tongdao.contract.topic.Names;
import io.tongdao.contract.witness.Access;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts accesses on record (留痕): {@code audit.access} only grows. */
public final class AccessLog {
    private final Map<String, Object> client;

    /** @param client how to reach the cluster as a principal that may add to the record */
    public AccessLog(Map<String, Object> client) {
        this.client = Map.copyOf(client);
    }

    /**
     * Returns when all replicas have it.
     *
     * @throws ExplainFailed if it could not be written: then nothing may be shown
     */
    public void append(Access access) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0));
        byte[] key = access.subject().getBytes(StandardCharsets.UTF_8);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Names.ACCESSES, key, Access.FORMAT.encode(access)))
                    .get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new ExplainFailed(
                    "the access could not be put on record, so nothing is shown: see that the broker runs", e);
        }
    }
}
