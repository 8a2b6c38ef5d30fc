package io.tongdao.ops.bench;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import io.tongdao.reconcile.rule.Claim;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one dataset says of people, record by record: read from its topic by the written rules, with none of the stage's state. A record that
 * is not newer than its row's last under the key does not count; a key is its last row's, whose end alone ends it.
 */
final class ClaimedRows {
    private final DatasetPlan dataset;
    private final WireFormat.Reader reader;
    private final Map<String, String> fields = new HashMap<>();
    private final Map<String, Pos> newest = new HashMap<>();
    private final Map<String, List<Step>> steps = new HashMap<>();
    private int duplicates;

    /**
     * All that the dataset says of a person after one of its records.
     *
     * @param silent whether the record alone has nothing told at once: a snapshot read it, or it says what was said before
     */
    record Step(boolean silent, Map<String, Owned> rows) {
        List<Claim> claims() {
            List<Claim> claims = new ArrayList<>();
            rows.values().forEach(owned -> {
                if (owned.claim != null) {
                    claims.add(owned.claim);
                }
            });
            return claims;
        }
    }

    /** A key's row, and what it says; no claim: it is gone. */
    record Owned(ByteBuffer row, @Nullable Claim claim) {}

    ClaimedRows(DatasetPlan dataset, BasePlan base, WireFormat wire) {
        this.dataset = dataset;
        this.reader = wire.reader(dataset.topic().schema());
        SubjectPlan subject = dataset.subjects().getFirst();
        for (String item : base.reads(dataset.id())) {
            String field = subject.claims().getOrDefault(item, item);
            if (dataset.items().containsKey(field)) {
                fields.put(item, field);
            }
        }
    }

    /** Takes a record in the order of its partition. */
    void take(ConsumerRecord<byte[], byte[]> record) {
        SubjectKey key = SubjectKey.parse(record.key());
        ByteBuffer row = ByteBuffer.wrap(Objects.requireNonNull(Lineage.row(record.headers())));
        Pos pos = Objects.requireNonNull(Lineage.pos(record.headers()));
        String version = key.text() + '#' + row.getLong(0) + '#' + row.getLong(Long.BYTES);
        Pos before = newest.get(version);
        if (before != null && pos.compareTo(before) <= 0) {
            duplicates++;
            return;
        }
        newest.put(version, pos);
        List<Step> all = steps.computeIfAbsent(key.subject(), subject -> new ArrayList<>());
        Map<String, Owned> rows = all.isEmpty() ? new HashMap<>() : new HashMap<>(all.getLast().rows);
        Owned held = rows.get(key.row());
        Claim said = held == null ? null : held.claim;
        if (record.value() != null) {
            rows.put(key.row(), new Owned(row, since(held, row, claim(record, key.row(), pos))));
        } else if (held == null || held.row.equals(row)) {
            rows.put(key.row(), new Owned(row, null));
        }
        Owned next = rows.get(key.row());
        boolean same = (next == null ? null : next.claim) == said;
        all.add(new Step(same || Lineage.at(record.headers()) == null, rows));
    }

    /** A row that says what it said has said so since then. */
    private static Claim since(@Nullable Owned held, ByteBuffer row, Claim next) {
        Claim before = held == null || !held.row.equals(row) ? null : held.claim;
        return before != null && before.says(next) ? before : next;
    }

    private Claim claim(ConsumerRecord<byte[], byte[]> record, String row, Pos pos) {
        GenericRecord value = reader.decode(record.value());
        Map<String, Object> items = new HashMap<>();
        fields.forEach((item, field) -> {
            Object said = value.get(field);
            if (said != null) {
                items.put(item, said);
            }
        });
        Object asOf = dataset.asOf().isEmpty() ? null : value.get(dataset.asOf());
        return new Claim(dataset.id(), row, pos, Lineage.at(record.headers()), asOf, items);
    }

    String dataset() {
        return dataset.id();
    }

    /** Records that came again. */
    int duplicates() {
        return duplicates;
    }

    List<Step> about(String subject) {
        return steps.getOrDefault(subject, List.of());
    }
}
