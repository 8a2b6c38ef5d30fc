package io.tongdao.reconcile;

import io.tongdao.contract.dispute.RowApart;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Ver;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.reconcile.rule.Review;
import io.tongdao.runtime.Seed;
import io.tongdao.runtime.Seeding;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Of golden records their version and a digest; discrepancies, reviews and rows apart, which have no values. */
final class GoldenSeeding implements Seeding {
    private final Plan plan;
    private final int generation;
    private final Map<String, BasePlan> bases = new TreeMap<>();
    private final Map<String, GoldenWriter> writers = new TreeMap<>();
    private final Map<String, SubjectKind> apart = new TreeMap<>();

    GoldenSeeding(Plan plan, WireFormat wire, int generation) {
        this.plan = plan;
        this.generation = generation;
        plan.bases().values().forEach(base -> {
            bases.put(base.topic().name(), base);
            writers.put(base.topic().name(), new GoldenWriter(base, wire));
        });
        plan.reconciled().forEach(kind -> apart.put(Names.apart(kind), kind));
    }

    @Override
    public Set<String> topics() {
        Set<String> topics = new TreeSet<>(bases.keySet());
        topics.addAll(apart.keySet());
        topics.addAll(Set.of(Names.DISCREPANCIES, Names.REVIEWS));
        return topics;
    }

    @Override
    public Set<SubjectKind> kinds() {
        return plan.reconciled();
    }

    @Override
    public Set<String> parts() {
        Set<String> parts = new TreeSet<>();
        for (SubjectKind kind : plan.reconciled()) {
            int partitions =
                    KindPlan.of(plan, kind).isEmpty() ? 0 : plan.partitions().getOrDefault(kind, 1);
            for (int partition = 0; partition < partitions; partition++) {
                parts.add(TaskStart.part(kind, partition));
            }
        }
        return parts;
    }

    @Override
    public @Nullable Sown sow(String topic, byte[] bytes, byte[] value, Headers headers) {
        String key = new String(bytes, StandardCharsets.UTF_8);
        return switch (topic) {
            case Names.DISCREPANCIES -> {
                Discrepancy told = DiscrepancyFormat.FORMAT.decode(value);
                BasePlan base = plan.bases().get(told.base());
                yield base == null ? null : sown(base.kind(), told.subject(), topic, key, null, value);
            }
            case Names.REVIEWS -> {
                Review told = ReviewFormat.FORMAT.decode(value);
                SubjectKind kind = SubjectKind.valueOf(told.kind().toUpperCase(Locale.ROOT));
                yield sown(kind, told.subject(), topic, key, null, value);
            }
            default -> {
                SubjectKind kind = apart.get(topic);
                yield kind == null
                        ? golden(topic, key, value, headers)
                        : sown(kind, RowApart.ofKey(key).about(), topic, key, null, value);
            }
        };
    }

    private @Nullable Sown golden(String topic, String key, byte[] value, Headers headers) {
        BasePlan base = bases.get(topic);
        GoldenWriter writer = writers.get(topic);
        Ver ver = Lineage.ver(headers);
        if (base == null || writer == null || ver == null) {
            return null;
        }
        byte[] content = writer.content(value).getBytes(StandardCharsets.UTF_8);
        return sown(base.kind(), key, topic, key, ver, content);
    }

    private Sown sown(SubjectKind kind, String subject, String topic, String key, @Nullable Ver ver, byte[] content) {
        return new Sown(kind, subject, new Seed.Known(generation, ReconcileStage.NAME, topic, key, ver, content));
    }
}
