package io.tongdao.ops.explain;

import io.tongdao.contract.dispute.Objection;
import io.tongdao.contract.dispute.Ruling;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.DiscrepancyFormat;
import io.tongdao.reconcile.ReviewFormat;
import io.tongdao.reconcile.SubjectLog;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.Review;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** All that stands on topics about one subject: reconciliation's own logs, what it told, and what people said. */
final class Findings {
    private final AskedSubject subject;
    private final SubjectLog log;
    private final Map<String, SubjectLog.Log> logs;
    private final Map<String, Map<String, byte[]>> said = new HashMap<>();

    private Findings(Plan plan, AskedSubject subject) {
        this.subject = subject;
        this.log = new SubjectLog(plan, subject.kind(), subject.key());
        this.logs = SubjectLog.topics(subject.kind());
    }

    static Findings read(PartitionScan scan, Plan plan, AskedSubject subject) {
        Findings findings = new Findings(plan, subject);
        Set<String> whole = Set.of(SubjectLog.Log.PROTECTIONS.topic(subject.kind()));
        scan.read(subject.key(), findings.partitions(plan), whole, findings::take);
        return findings;
    }

    private Map<String, Integer> partitions(Plan plan) {
        byte[] key = subject.key().getBytes(StandardCharsets.UTF_8);
        Map<String, Integer> counts = new HashMap<>();
        int kind = plan.partitions().getOrDefault(subject.kind(), 1);
        logs.keySet().forEach(topic -> counts.put(topic, kind));
        List<String> told = List.of(
                Names.DISCREPANCIES, Names.REVIEWS, Names.objections(subject.kind()), Names.rulings(subject.kind()));
        plan.topics().stream()
                .filter(topic -> told.contains(topic.name()))
                .forEach(topic -> counts.put(topic.name(), topic.partitions()));
        counts.replaceAll((topic, count) -> SubjectKey.partition(key, count));
        return counts;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        SubjectLog.Log own = logs.get(record.topic());
        if (own != null) {
            log.take(own, record.key(), record.value(), Instant.ofEpochMilli(record.timestamp()));
            return;
        }
        Map<String, byte[]> last = said.computeIfAbsent(record.topic(), topic -> new TreeMap<>());
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            last.remove(key);
        } else {
            last.put(key, record.value());
        }
    }

    SubjectLog log() {
        return log;
    }

    List<Discrepancy> discrepancies() {
        return all(Names.DISCREPANCIES, DiscrepancyFormat.FORMAT::decode);
    }

    List<Review> reviews() {
        return all(Names.REVIEWS, ReviewFormat.FORMAT::decode);
    }

    List<Objection> objections() {
        return all(Names.objections(subject.kind()), Objection.FORMAT::decode);
    }

    List<Ruling> rulings() {
        return all(Names.rulings(subject.kind()), Ruling.FORMAT::decode);
    }

    private <T> List<T> all(String topic, Function<byte[], T> format) {
        return said.getOrDefault(topic, Map.of()).values().stream().map(format).toList();
    }
}
