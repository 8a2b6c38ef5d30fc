package io.tongdao.compose;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Ver;
import io.tongdao.runtime.Seed;
import io.tongdao.runtime.Seeding;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Of a thematic table's rows their version and a digest. */
final class RowSeeding implements Seeding {
    private final Plan plan;
    private final int generation;
    private final Map<String, Table> tables = new TreeMap<>();

    RowSeeding(Plan plan, WireFormat wire, int generation) {
        this.plan = plan;
        this.generation = generation;
        new Tables(plan, wire).all().forEach(table -> tables.put(table.topic(), table));
    }

    @Override
    public Set<String> topics() {
        return Set.copyOf(tables.keySet());
    }

    @Override
    public Set<SubjectKind> kinds() {
        return plan.partitions().keySet();
    }

    @Override
    public Set<String> parts() {
        int most = plan.partitions().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
        return IntStream.range(0, most).mapToObj(Integer::toString).collect(Collectors.toSet());
    }

    @Override
    public @Nullable Sown sow(String topic, byte[] key, byte[] value, Headers headers) {
        Table table = tables.get(topic);
        Ver ver = Lineage.ver(headers);
        if (table == null || ver == null) {
            return null;
        }
        Subject subject = table.rows().place(key).subject();
        String text = new String(key, StandardCharsets.UTF_8);
        Seed.Known seed = new Seed.Known(generation, ComposeStage.NAME, topic, text, ver, Table.digest(value));
        return new Sown(subject.kind(), subject.id(), seed);
    }
}
