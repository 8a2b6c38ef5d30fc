package io.tongdao.ops.provision;

import io.tongdao.contract.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes topics as they are declared, keeps their policies, and takes them away. */
final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final Duration LEAVING = Duration.ofSeconds(60);
    private final Admin admin;
    private final short replication;

    Topics(Admin admin, short replication) {
        this.admin = admin;
        this.replication = replication;
    }

    /** Makes what is missing, puts settings right, and returns when every partition's leader is known: before that writes can be lost. */
    void ensure(Collection<Topic> wanted) {
        Set<String> present = names();
        List<NewTopic> missing = new ArrayList<>();
        List<Topic> there = new ArrayList<>();
        for (Topic topic : wanted) {
            if (present.contains(topic.name())) {
                there.add(topic);
            } else {
                missing.add(new NewTopic(topic.name(), topic.partitions(), replication)
                        .configs(topic.policy().settings()));
            }
        }
        Cluster.done(admin.createTopics(missing).all(), "topics could not be made");
        repair(there);
        List<String> all = wanted.stream().map(Topic::name).toList();
        Cluster.until(() -> led(all), "not all new topics have a leader");
        check(wanted);
    }

    Set<String> names() {
        return Cluster.done(admin.listTopics().names(), "topics could not be listed");
    }

    /** Deletes topics, those that are gone already too. */
    void delete(Collection<String> topics) {
        topics.forEach(topic -> {
            try {
                Cluster.done(admin.deleteTopics(List.of(topic)).all(), "topic " + topic + " could not be deleted");
            } catch (ProvisionFailed e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        });
    }

    /** Empties a topic that something may still write to: a fetch that is being held finds its place gone. */
    void purge(String topic) {
        if (!names().contains(topic)) {
            return;
        }
        var delete = new AlterConfigOp(
                new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "compact,delete"), AlterConfigOp.OpType.SET);
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Cluster.done(
                admin.incrementalAlterConfigs(Map.of(resource, List.of(delete))).all(), "policy of " + topic);
        empty(topic);
    }

    /** Takes away what a topic of another policy than compaction holds. */
    void empty(String topic) {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < partitions(topic); partition++) {
            all.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(-1));
        }
        Cluster.done(admin.deleteRecords(all).all(), "topic " + topic + " could not be emptied");
    }

    /** The internal topics of a Streams application: its changelogs and repartitions. */
    List<String> internal(String application) {
        return names().stream()
                .filter(topic -> topic.startsWith(application + "-"))
                .sorted()
                .toList();
    }

    /** Takes away what a Streams application has on the cluster; none of its instances may run. */
    void clear(String application) {
        Cluster.until(() -> left(application), "group " + application + " still has members", LEAVING);
        delete(internal(application));
        Cluster.until(() -> internal(application).isEmpty(), "topics of " + application + " are still there");
    }

    /** A member that was killed is one until its session is over. */
    private boolean left(String group) {
        try {
            Cluster.done(admin.deleteConsumerGroups(List.of(group)).all(), "group " + group);
            return true;
        } catch (ProvisionFailed e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                return false;
            }
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            throw e;
        }
    }

    /** Takes a group's offsets in some topics away; a group or topic that is not there has none. */
    void forget(String group, Set<String> dropped) {
        Set<TopicPartition> parts = new HashSet<>();
        Set<String> present = names();
        dropped.stream().filter(present::contains).forEach(topic -> {
            for (int partition = 0; partition < partitions(topic); partition++) {
                parts.add(new TopicPartition(topic, partition));
            }
        });
        if (!parts.isEmpty()) {
            try {
                Cluster.done(admin.deleteConsumerGroupOffsets(group, parts).all(), "offsets of " + group);
            } catch (ProvisionFailed e) {
                if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                    throw e;
                }
            }
        }
    }

    private void repair(List<Topic> topics) {
        Map<ConfigResource, Topic> resources = new HashMap<>();
        topics.forEach(topic -> resources.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), topic));
        Map<ConfigResource, Config> actual =
                Cluster.done(admin.describeConfigs(resources.keySet()).all(), "policies could not be read");
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        resources.forEach((resource, topic) -> {
            List<AlterConfigOp> wrong = wrong(topic, actual.get(resource));
            if (!wrong.isEmpty()) {
                LOG.warn("topic {} had its policy changed by hand: put right", topic.name());
                changes.put(resource, wrong);
            }
        });
        if (!changes.isEmpty()) {
            Cluster.done(admin.incrementalAlterConfigs(changes).all(), "policies could not be put right");
        }
    }

    private static List<AlterConfigOp> wrong(Topic topic, @Nullable Config actual) {
        List<AlterConfigOp> wrong = new ArrayList<>();
        topic.policy().settings().forEach((name, value) -> {
            ConfigEntry entry = actual == null ? null : actual.get(name);
            if (entry == null || !value.equals(entry.value())) {
                wrong.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            }
        });
        return wrong;
    }

    private boolean led(List<String> topics) {
        try {
            return admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(description -> description.partitions().stream())
                    .allMatch(partition ->
                            partition.leader() != null && !partition.leader().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw new ProvisionFailed("topics could not be described: " + e.getCause(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void check(Collection<Topic> wanted) {
        for (Topic topic : wanted) {
            int partitions = partitions(topic.name());
            if (partitions != topic.partitions()) {
                throw new IllegalStateException(
                        "topic %s has %d partitions and the plan says %d: partitions are fixed for good; begin a new --data, or put the number back"
                                .formatted(topic.name(), partitions, topic.partitions()));
            }
        }
    }

    private int partitions(String topic) {
        Map<String, TopicDescription> found =
                Cluster.done(admin.describeTopics(List.of(topic)).allTopicNames(), topic + " could not be described");
        TopicDescription description = found.get(topic);
        return description == null ? 0 : description.partitions().size();
    }
}
