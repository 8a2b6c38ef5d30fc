package io.tongdao.ops.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tongdao.contract.grant.FileOrder;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.provision.ProvisionFailed;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Where files of grants are asked for: what there is, and one more. What may be picked up is what this shows. */
public final class FileDesk {
    private final Map<String, Object> client;
    private final FileShelf shelf;
    private final InstantSource clock;

    /** @param client how to reach the cluster as who may write {@code ctl.files} */
    public FileDesk(Map<String, Object> client, FileShelf shelf, InstantSource clock) {
        this.client = Map.copyOf(client);
        this.shelf = shelf;
        this.clock = clock;
    }

    /**
     * The versions of a grant that can be picked up now, the oldest first.
     *
     * @throws FilesRefused if none can: it doesn't flow, or delivers no files
     */
    public List<FileVersion> versions(Grant grant) throws IOException {
        check(grant);
        Instant now = clock.instant();
        return shelf.versions(grant).stream()
                .filter(version -> !version.manifest().over(now))
                .toList();
    }

    /** Whether files of a grant may be handed out at this moment. */
    public boolean handsOut(Grant grant) {
        Instant now = clock.instant();
        return grant.files()
                && GrantLife.flows(grant.status())
                && !now.isBefore(grant.from())
                && !grant.terms().over(now);
    }

    /**
     * Orders a version as of now or later.
     *
     * @return as of when
     */
    public Instant order(Grant grant, String by) {
        check(grant);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        write(new FileOrder(grant.id(), grant.epoch(), by, now));
        return now;
    }

    /** The version that an order wanted, once it is there. */
    public Optional<FileVersion> made(Grant grant, Instant asOf) throws IOException {
        return shelf.versions(grant).stream()
                .filter(version -> !version.manifest().madeAt().isBefore(asOf))
                .findFirst();
    }

    private void check(Grant grant) {
        if (!grant.files()) {
            throw new FilesRefused(grant.id() + " delivers no files: its delivery is "
                    + grant.delivery().stream()
                            .map(way -> way.name().toLowerCase(Locale.ROOT))
                            .toList());
        }
        if (!handsOut(grant)) {
            throw new FilesRefused(
                    grant.id() + " is " + grant.status().word() + ": files are made and handed out while it is active");
        }
    }

    private void write(FileOrder order) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(Map.of("acks", "all", "enable.idempotence", true, "linger.ms", 0));
        byte[] key = order.grant().getBytes(UTF_8);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Names.FILE_ORDERS, 0, key, FileOrder.FORMAT.encode(order)))
                    .get();
        } catch (ExecutionException e) {
            throw new ProvisionFailed("the order was not written: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
