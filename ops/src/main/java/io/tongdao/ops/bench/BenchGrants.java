package io.tongdao.ops.bench;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCodec;
import io.tongdao.contract.grant.GrantCommand;
import io.tongdao.contract.grant.GrantCommand.Verb;
import io.tongdao.contract.grant.GrantPapers;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.grant.GrantScope;
import io.tongdao.contract.grant.GrantStep;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.grant.GrantTerms;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Grants of a bench, ordered as the provisioner does it and decided by nobody: the people in their rows don't exist. */
final class BenchGrants {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final SubjectKind KIND = SubjectKind.PERSON;
    private final BenchServers servers;
    private final Plan plan;
    private final RecordSender sender;

    BenchGrants(BenchServers servers, Plan plan, RecordSender sender) {
        this.servers = servers;
        this.plan = plan;
        this.sender = sender;
    }

    /** All items as they are, under the identifier itself: as many bytes as the source has. */
    Grant whole(String id, Register register) {
        Map<String, Mask> items = new LinkedHashMap<>();
        GrantTable.of(plan, register.dataset()).items().keySet().forEach(item -> items.put(item, Mask.KEEP));
        return grant(id, register, items, "", Grant.KeyForm.CLEAR);
    }

    /** Each item under the loosest mask that the catalogue allows, under a token. */
    Grant masked(String id, Register register) {
        Map<String, Mask> items = new LinkedHashMap<>();
        GrantTable.of(plan, register.dataset()).items().values().forEach(item -> items.put(item.name(), item.shared()));
        return grant(id, register, items, "", Grant.KeyForm.TOKEN);
    }

    /** Rows that a filter passes, some of their items, under the identifier itself. */
    Grant filtered(String id, Register register, Map<String, Mask> items, String filter) {
        return grant(id, register, items, filter, Grant.KeyForm.CLEAR);
    }

    private static Grant grant(
            String id, Register register, Map<String, Mask> items, String filter, Grant.KeyForm key) {
        Instant now = Instant.now();
        return new Grant(
                id,
                Grant.Kind.SHARE,
                "yb",
                new GrantScope(register.dataset(), items, filter, "", "", key),
                new GrantPapers("medical_insurance", "bench", "bench", "", Map.of(), null),
                new GrantTerms(
                        now,
                        now.plus(Duration.ofDays(1)),
                        List.of(Grant.Delivery.TOPIC),
                        1,
                        GrantTerms.BYTES_PER_SECOND),
                Map.of(),
                List.of(new GrantStep(Grant.Status.ACTIVE, 1, "bench", "", now)));
    }

    Topic topic(Grant grant) {
        return GrantPlan.compile(plan, grant).topic();
    }

    /** Makes topics and schemas, and orders to begin. */
    void start(List<Grant> grants) throws InterruptedException {
        List<Topic> topics = grants.stream().map(this::topic).toList();
        BenchTopics.create(servers.admin(), topics);
        try {
            for (Topic topic : topics) {
                servers.registry().register(topic.valueSubject(), new AvroSchema(topic.schema()));
            }
        } catch (IOException | RestClientException e) {
            throw new BenchFailed("the registry did not take a schema", e);
        }
        order(Verb.START, grants);
    }

    void stop(List<Grant> grants) {
        order(Verb.STOP, grants);
    }

    private void order(Verb verb, List<Grant> grants) {
        for (Grant grant : grants) {
            byte[] key = grant.id().getBytes(StandardCharsets.UTF_8);
            byte[] value = GrantCodec.COMMAND.encode(new GrantCommand(verb, grant, 1));
            for (int partition = 0; partition < partitions(); partition++) {
                sender.send(new ProducerRecord<>(Names.release(KIND), partition, key, value));
            }
        }
        sender.flush();
    }

    private int partitions() {
        return plan.partitions().getOrDefault(KIND, 1);
    }

    /** Waits until every task has served every one of the grants what it holds, or has stopped. */
    void await(Ack.State state, List<Grant> grants) {
        Set<String> waiting = new HashSet<>();
        grants.forEach(grant -> {
            for (int partition = 0; partition < partitions(); partition++) {
                waiting.add(grant.topic() + '|' + partition);
            }
        });
        Map<String, Object> settings = new HashMap<>(servers.admin());
        settings.putAll(Map.of("isolation.level", "read_committed", "enable.auto.commit", false));
        List<TopicPartition> acks = new ArrayList<>(List.of(new TopicPartition(Names.ACKS, 0)));
        Instant end = Instant.now().plus(LIMIT);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(acks);
            consumer.seekToBeginning(acks);
            while (!waiting.isEmpty()) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    Ack ack = GrantCodec.ACK.decode(record.value());
                    if (ack.state() == state) {
                        topics(grants, ack).forEach(topic -> waiting.remove(topic + '|' + ack.partition()));
                    }
                });
                if (Instant.now().isAfter(end)) {
                    throw new BenchFailed(waiting.size() + " acknowledgements of " + state + " did not come");
                }
            }
        }
    }

    private static List<String> topics(List<Grant> grants, Ack ack) {
        return grants.stream()
                .filter(grant -> grant.id().equals(ack.grant()) && grant.epoch() == ack.epoch())
                .map(Grant::topic)
                .toList();
    }
}
