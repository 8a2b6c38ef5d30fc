package io.tongdao.ops.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.collect.CollectStatus;
import io.tongdao.collect.Collector;
import io.tongdao.collect.FileCollector;
import io.tongdao.collect.FileLoad;
import io.tongdao.collect.FileStatus;
import io.tongdao.collect.SourceState;
import io.tongdao.contract.catalogue.CatalogueProgress;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.grant.Grant;
import io.tongdao.deliver.DeliveryStatus;
import io.tongdao.lakehouse.sink.TableStatus;
import io.tongdao.ops.files.FilesMade;
import io.tongdao.runtime.Stage;
import io.tongdao.runtime.StageRebuild;
import io.tongdao.runtime.StageStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the running exchange is doing, in {@code run/status.json} every two seconds: counts, lags and states, never a value of a row. */
public final class StatusFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private final ObjectMapper json = JsonMapper.builder().build();
    private final Exchange exchange;
    private final Path file;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("status").factory());

    private StatusFile(Exchange exchange) {
        this.exchange = exchange;
        this.file = path(exchange.parts().data().root());
    }

    static StatusFile start(Exchange exchange) {
        StatusFile status = new StatusFile(exchange);
        status.timer.scheduleWithFixedDelay(status::write, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return status;
    }

    /** Where it is on a data directory. */
    public static Path path(Path data) {
        return data.resolve("run").resolve("status.json");
    }

    private void write() {
        try {
            Path draft = file.resolveSibling("status.json.new");
            Files.write(draft, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(now()));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | KafkaException e) {
            LOG.debug("status is not written this time: {}", e.getClass().getSimpleName());
        }
    }

    private ObjectNode now() {
        ObjectNode status = json.createObjectNode();
        status.put("at", Instant.now().toString());
        catalogue(status.putObject("catalogue"));
        ArrayNode collect = status.putArray("collect");
        exchange.collectors().stream()
                .map(Collector::status)
                .forEach(connection ->
                        connection.datasets().forEach(dataset -> dataset(collect.addObject(), connection, dataset)));
        ArrayNode inboxes = status.putArray("inboxes");
        exchange.inboxes().stream().map(FileCollector::status).forEach(inbox -> inbox(inboxes, inbox));
        ArrayNode stages = status.putArray("stages");
        exchange.stages().stream()
                .map(Stage::status)
                .forEach(stage -> stage(stages.addObject(), stage, exchange.version(stage.stage())));
        ArrayNode anew = status.putArray("reevaluations");
        exchange.reevaluations()
                .all()
                .forEach((task, progress) -> anew.addObject()
                        .put("task", task)
                        .put("state", progress.finished() ? "done" : "running")
                        .put("subjects", progress.done())
                        .put("of_at_most", progress.of()));
        ArrayNode rebuilds = status.putArray("rebuilds");
        exchange.rebuilding().all().values().forEach(one -> rebuild(rebuilds.addObject(), one));
        ArrayNode tables = status.putArray("tables");
        exchange.sink().status().forEach((name, table) -> table(tables.addObject(), name, table));
        ArrayNode deliveries = status.putArray("deliveries");
        exchange.deliveries().status().stream()
                .sorted(Comparator.comparing(DeliveryStatus::grant))
                .forEach(delivery -> delivery(deliveries.addObject(), delivery));
        ArrayNode grants = status.putArray("grants");
        exchange.grants().grants().values().stream()
                .sorted(Comparator.comparing(Grant::id))
                .forEach(grant -> grant(grants.addObject(), grant));
        ArrayNode files = status.putArray("files");
        exchange.files().status().values().forEach(one -> files(files.addObject(), one));
        return status;
    }

    private void catalogue(ObjectNode node) {
        CatalogueVersion running = exchange.catalogue().running();
        CatalogueProgress progress = exchange.catalogue().progress();
        node.put("version", running.version());
        node.put("digest", running.digest());
        node.put("author", running.author());
        node.put("published", running.at().toString());
        node.put("applying", progress.settled() ? 0 : progress.target());
        node.put("problem", progress.problem());
    }

    private static void dataset(ObjectNode node, CollectStatus connection, CollectStatus.Dataset dataset) {
        node.put("dataset", dataset.dataset());
        boolean lost = dataset.state() == SourceState.State.LOST;
        String halted = connection.broken() == null ? "stopped" : "broken";
        node.put("state", connection.running() || lost ? dataset.state().name().toLowerCase(Locale.ROOT) : halted);
        node.put("epoch", dataset.epoch());
        node.put("read", dataset.rowsRead());
        node.put("of_about", dataset.rowsEstimated());
        node.put("connection", connection.connection());
        node.put("problem", connection.problem() != null ? connection.problem() : dataset.problem());
        node.put("records", dataset.records());
        node.put("rejects", dataset.rejects());
        node.put(
                "last_commit",
                dataset.lastCommit() == null ? "" : dataset.lastCommit().toString());
    }

    private static void inbox(ArrayNode inboxes, FileStatus inbox) {
        ObjectNode node = inboxes.addObject();
        node.put("inbox", inbox.inbox());
        node.put("state", inbox.running() ? "looking" : "stopped");
        node.put("waiting", inbox.waiting().size());
        node.put("without_manifest", inbox.bare());
        node.put("failed", inbox.failed());
        node.put("problem", inbox.problem());
        ArrayNode waiting = node.putArray("waits");
        inbox.waiting().forEach(waiting::add);
        ArrayNode datasets = node.putArray("datasets");
        inbox.datasets().forEach(dataset -> file(datasets.addObject(), dataset));
    }

    private static void file(ObjectNode node, FileStatus.Dataset dataset) {
        FileLoad last = dataset.last();
        node.put("dataset", dataset.dataset());
        node.put("state", dataset.taking() != null ? "taking" : last == null ? "no file yet" : "taken");
        node.put("taking", dataset.taking());
        node.put("sequence", last == null ? 0 : last.sequence());
        node.put("kind", last == null ? "" : last.kind().word());
        node.put("epoch", last == null ? 0 : last.epoch());
        node.put("rows", last == null ? 0 : last.rows());
        node.put("records", last == null ? 0 : last.records());
        node.put("rejects", last == null ? 0 : last.rejected());
        node.put("taken", last == null ? "" : last.at().toString());
    }

    private static void stage(ObjectNode node, StageStatus stage, int version) {
        node.put("stage", stage.stage());
        node.put("state", stage.state().name().toLowerCase(Locale.ROOT));
        node.put("lag", stage.totalLag());
        node.put("postponed", stage.postponed());
        node.put("catalogue", version);
    }

    private static void rebuild(ObjectNode node, StageRebuild rebuild) {
        node.put("stage", rebuild.stage());
        node.put("state", rebuild.phase().name().toLowerCase(Locale.ROOT));
        node.put("generation", rebuild.generation());
        node.put("by", rebuild.by());
        node.put("since", rebuild.since().toString());
        node.put("changed", rebuild.changed().toString());
    }

    private static void table(ObjectNode node, String name, TableStatus table) {
        node.put("table", name);
        node.put("state", String.valueOf(table.state()).toLowerCase(Locale.ROOT));
        node.put("lag", table.lag());
        node.put("reason", table.reason());
    }

    private static void delivery(ObjectNode node, DeliveryStatus delivery) {
        node.put("grant", delivery.grant());
        node.put("state", delivery.state().word());
        node.put("epoch", delivery.epoch());
        node.put("lag", delivery.lag());
        node.put("written", delivery.written());
        node.put("connection", delivery.connection());
        node.put("table", delivery.table());
        node.put("reason", delivery.reason() == null ? "" : delivery.reason());
        node.put("since", delivery.since().toString());
    }

    private static void grant(ObjectNode node, Grant grant) {
        node.put("grant", grant.id());
        node.put("status", grant.status().word());
        node.put("epoch", grant.epoch());
        node.put("consumer", grant.consumer());
        node.put("topic", grant.readFromTopic() ? grant.topic() : "");
    }

    private static void files(ObjectNode node, FilesMade files) {
        node.put("grant", files.grant());
        node.put("epoch", files.epoch());
        node.put("versions", files.versions());
        node.put("rows", files.rows());
        node.put("made", files.made() == null ? "" : files.made().toString());
        node.put("next", files.next() == null ? "on demand" : files.next().toString());
        node.put("last", files.last());
        node.put("waits", files.waits());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
