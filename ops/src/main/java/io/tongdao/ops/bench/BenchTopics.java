package io.tongdao.ops.bench;

import io.tongdao.contract.topic.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** Topics of a bench's broker. */
final class BenchTopics {
    private static final String FOR_GOOD = Long.toString(Long.MAX_VALUE);

    private BenchTopics() {}

    static void create(Map<String, Object> kafka, String name, int partitions) throws InterruptedException {
        make(kafka, List.of(new NewTopic(name, partitions, (short) 1)));
    }

    /** As they are declared. */
    static void create(Map<String, Object> kafka, Collection<Topic> topics) throws InterruptedException {
        make(
                kafka,
                topics.stream()
                        .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1)
                                .configs(topic.policy().settings()))
                        .toList());
    }

    private static void make(Map<String, Object> kafka, Collection<NewTopic> topics) throws InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new BenchFailed("topics can't be made", e);
        }
    }

    /** Every record stays, those that a newer one replaces too: what was written is counted, or its history read. */
    static void keepAll(Map<String, Object> kafka, Collection<String> names) throws InterruptedException {
        List<AlterConfigOp> keep = List.of(
                new AlterConfigOp(new ConfigEntry("max.compaction.lag.ms", FOR_GOOD), AlterConfigOp.OpType.SET),
                new AlterConfigOp(new ConfigEntry("min.compaction.lag.ms", FOR_GOOD), AlterConfigOp.OpType.SET));
        Map<ConfigResource, Collection<AlterConfigOp>> all = new HashMap<>();
        names.forEach(name -> all.put(new ConfigResource(ConfigResource.Type.TOPIC, name), keep));
        try (Admin admin = Admin.create(kafka)) {
            admin.incrementalAlterConfigs(all).all().get();
        } catch (ExecutionException e) {
            throw new BenchFailed("topics can't be kept whole", e);
        }
    }
}
