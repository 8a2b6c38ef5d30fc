package io.tongdao.ops.explain;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.witness.Access;
import io.tongdao.release.mask.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The record of accesses ({@code audit.access}) as it may be read (art. 35): an agency reads what was asked in its name, the authority of a
 * division what was asked in the name of its agencies and its own, the province's authority everything.
 */
public final class AccessRecords {
    private static final String AUTHORITY = "authority";
    private final Plan plan;
    private final String who;

    /** @throws ExplainRefused if there is no such identity */
    public AccessRecords(Plan plan, String who) {
        boolean authority = who.equals(AUTHORITY) || who.startsWith(AUTHORITY + "@");
        if (!authority && !plan.agencies().containsKey(who)) {
            throw new ExplainRefused(Reason.IDENTITY_UNKNOWN);
        }
        this.plan = plan;
        this.who = who;
    }

    /** What stands there now and may be read, the oldest first. */
    public List<Access> read(Map<String, Object> client) {
        return all(client).stream()
                .filter(this::may)
                .sorted(Comparator.comparing(Access::at))
                .toList();
    }

    /** Under which name a subject stands there; none: what was given is no identifier. */
    public static Optional<String> token(Tokens tokens, String subject) {
        return AskedSubject.parse(subject).map(one -> tokens.token(one.kind().word(), one.key()));
    }

    boolean may(Access access) {
        if (who.equals(AUTHORITY) || who.equals(access.who())) {
            return true;
        }
        Plan.Agency agency = plan.agencies().get(access.who());
        return agency != null && who.equals(AUTHORITY + "@" + agency.division());
    }

    private static List<Access> all(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        List<Access> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = consumer.partitionsFor(Names.ACCESSES).stream()
                    .map(part -> new TopicPartition(Names.ACCESSES, part.partition()))
                    .toList();
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(one -> all.add(Access.FORMAT.decode(one.value())));
            }
        }
        return all;
    }
}
