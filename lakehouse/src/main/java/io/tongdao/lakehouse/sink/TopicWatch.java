package io.tongdao.lakehouse.sink;

import io.tongdao.lakehouse.commit.TableStopped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices topics that were deleted, or made anew, under the sink: a suspended grant's is. A consumer alone would ask for them for
 * ever. Asks every few seconds and never waits for an answer. Used by one thread.
 */
final class TopicWatch {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final long ANSWER_SECONDS = 10;

    private final Admin admin;
    private Map<String, KafkaFuture<TopicDescription>> asked = Map.of();
    private long askAt = System.nanoTime() + EVERY.toNanos();

    TopicWatch(Admin admin) {
        this.admin = admin;
    }

    /** Kafka's id of a feed's topic. {@link TableStopped} if it is not the topic that the plan means. */
    static String id(Admin admin, TableFeed feed) throws ExecutionException, InterruptedException, TimeoutException {
        var answer =
                admin.describeTopics(List.of(feed.topic())).topicNameValues().get(feed.topic());
        TopicDescription topic = Objects.requireNonNull(answer).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        if (topic.partitions().size() != feed.partitions()) {
            throw new TableStopped(
                    TableStopped.Reason.TOPIC_REPLACED,
                    feed.topic() + " has " + topic.partitions().size() + " partitions, the plan says "
                            + feed.partitions());
        }
        return topic.topicId().toString();
    }

    /**
     * Topics that are no longer what they were when their tables were opened, once an answer has come.
     *
     * @param ids Kafka's id of each topic that is read
     */
    Set<String> gone(Map<String, String> ids) {
        Set<String> gone = new HashSet<>();
        if (!asked.isEmpty() && asked.values().stream().allMatch(KafkaFuture::isDone)) {
            asked.forEach((topic, answer) -> {
                if (ids.containsKey(topic) && isGone(answer, ids.get(topic))) {
                    gone.add(topic);
                }
            });
            asked = Map.of();
        }
        if (asked.isEmpty() && !ids.isEmpty() && System.nanoTime() >= askAt) {
            asked = admin.describeTopics(ids.keySet()).topicNameValues();
            askAt = System.nanoTime() + EVERY.toNanos();
        }
        return gone;
    }

    private static boolean isGone(KafkaFuture<TopicDescription> answer, String id) {
        try {
            return !answer.get().topicId().toString().equals(id);
        } catch (ExecutionException e) {
            LOG.debug("no description", e);
            return e.getCause() instanceof UnknownTopicOrPartitionException;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
