package io.tongdao.ops.demo;

import io.tongdao.ops.exchange.Exchange;
import io.tongdao.runtime.Stage;
import io.tongdao.runtime.StageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until everything that the agencies have committed has arrived everywhere: no topic grows, no stage lags, every table and every
 * delivery holds what its topic holds.
 */
public final class Settling implements AutoCloseable {
    private static final Duration QUIET = Duration.ofMillis(1_500);
    private static final Duration STEP = Duration.ofSeconds(1);
    private final Exchange exchange;
    private final Admin admin;

    public Settling(Exchange exchange) {
        this.exchange = exchange;
        this.admin = Admin.create(exchange.parts().broker().adminSettings());
    }

    /**
     * However long it takes, as long as something moves.
     *
     * @param limit how long nothing may move while a stage, a table or a delivery lags
     * @throws TimeoutException naming what lags, or at once why the exchange has stopped
     */
    public void await(Duration limit) throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> last = Map.of();
        Instant since = Instant.now();
        Still still = new Still(limit);
        while (true) {
            List<StageStatus> stages = stages();
            Map<TopicPartition, Long> now = ends();
            boolean idle = stages.stream().allMatch(StageStatus::idle);
            if (!now.equals(last) || !idle) {
                last = now;
                since = Instant.now();
            } else if (Duration.between(since, Instant.now()).compareTo(QUIET) >= 0) {
                break;
            }
            if (exchange.failure().isDone()) {
                throw new TimeoutException(
                        "the exchange has stopped: " + exchange.failure().get());
            }
            still.check(stages);
            Thread.sleep(STEP);
        }
        exchange.sink().awaitCaughtUp(stored(last), limit);
        awaitDelivered(last, Instant.now().plus(limit));
    }

    /**
     * Waits until the stages have worked off what is there: changes that come now are measured, not the backlog.
     *
     * @param limit how long no stage may get on
     */
    public void awaitStages(Duration limit) throws InterruptedException, TimeoutException {
        Still still = new Still(limit);
        List<StageStatus> stages = stages();
        while (!stages.stream().allMatch(StageStatus::idle)) {
            still.check(stages);
            Thread.sleep(STEP);
            stages = stages();
        }
    }

    /** Notices that the stages stand still. */
    private static final class Still {
        private final Duration limit;
        private List<StageStatus> last = List.of();
        private Instant since = Instant.now();

        Still(Duration limit) {
            this.limit = limit;
        }

        void check(List<StageStatus> now) throws TimeoutException {
            if (!now.equals(last)) {
                last = now;
                since = Instant.now();
            } else if (Duration.between(since, Instant.now()).compareTo(limit) > 0) {
                throw new TimeoutException("for " + limit.toSeconds() + " s nothing moves; " + lags(now));
            }
        }

        private static String lags(List<StageStatus> stages) {
            return stages.stream()
                    .map(stage -> "%s is %s, lags %s, %d postponed"
                            .formatted(stage.stage(), stage.state(), stage.lagByTopic(), stage.postponed()))
                    .collect(Collectors.joining("; "));
        }
    }

    private List<StageStatus> stages() {
        return exchange.stages().stream().map(Stage::status).toList();
    }

    /** End offsets that a {@code read_committed} reader sees, of all topics that carry the province's data. */
    Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        admin.describeTopics(admin.listTopics().names().get().stream()
                        .filter(Settling::carriesData)
                        .toList())
                .allTopicNames()
                .get()
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(part -> wanted.put(new TopicPartition(topic, part.partition()), OffsetSpec.latest())));
        return admin
                .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
    }

    private static boolean carriesData(String topic) {
        return topic.startsWith("src.")
                || topic.startsWith("base.")
                || topic.startsWith("theme.")
                || topic.startsWith("flag.")
                || topic.startsWith("share.")
                || topic.startsWith("return.");
    }

    private Map<String, Map<Integer, Long>> stored(Map<TopicPartition, Long> ends) {
        var followed = exchange.sink().status().values().stream()
                .map(table -> table.topic())
                .collect(Collectors.toSet());
        Map<String, Map<Integer, Long>> byTopic = new HashMap<>();
        ends.forEach((part, end) -> {
            if (followed.contains(part.topic())) {
                byTopic.computeIfAbsent(part.topic(), topic -> new HashMap<>()).put(part.partition(), end);
            }
        });
        return byTopic;
    }

    private void awaitDelivered(Map<TopicPartition, Long> ends, Instant limit)
            throws InterruptedException, TimeoutException {
        while (!exchange.deliveries().caughtUp(ends)) {
            if (Instant.now().isAfter(limit)) {
                throw new TimeoutException("a delivery into a county's database lags");
            }
            Thread.sleep(STEP);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
    }
}
