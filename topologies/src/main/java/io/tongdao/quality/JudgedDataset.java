package io.tongdao.quality;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.quality.rule.Ruleset;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * A dataset whose rows are judged: how its records are read, and which of the records that one row gives speaks for it: that of the first
 * subject that the row has, so that a marriage counts once. One for each task: not thread-safe.
 */
final class JudgedDataset {
    private final DatasetPlan dataset;
    private final Ruleset rules;
    private final WireFormat.Reader reader;
    private final ValueDigest digest;

    JudgedDataset(Plan plan, DatasetPlan dataset, WireFormat wire, SecretKey valueKey, LocalDate day) {
        this.dataset = dataset;
        this.rules = Ruleset.of(plan, dataset, day);
        this.reader = wire.reader(dataset.topic().schema());
        this.digest = new ValueDigest(valueKey);
    }

    String id() {
        return dataset.id();
    }

    Ruleset rules() {
        return rules;
    }

    GenericRecord read(byte[] value) {
        return reader.decode(value);
    }

    /** The role that a record's key names; empty where rows have one subject. */
    String role(byte[] key) {
        if (dataset.subjects().size() == 1) {
            return "";
        }
        String text = new String(key, StandardCharsets.UTF_8);
        String row = text.substring(text.indexOf('|') + 1);
        int end = row.indexOf(':');
        return end < 0 ? row : row.substring(0, end);
    }

    /** Whether the record of a role is the one that speaks for its row. */
    boolean speaks(String role, GenericRecord row) {
        List<SubjectPlan> subjects = dataset.subjects();
        return subjects.size() == 1
                || subjects.stream()
                        .filter(subject -> subject.when().always()
                                || subject.when().holds(row.get(subject.when().item())))
                        .findFirst()
                        .filter(subject -> subject.role().equals(role))
                        .isPresent();
    }

    /** {@code dataset|role|} and the row's 16 bytes. */
    Bytes stateKey(String role, byte[] row) {
        byte[] head = (dataset.id() + '|' + role + '|').getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(head.length + row.length).put(head).put(row).array());
    }

    /** Rule id → digest of the row's value, of the rules that compare rows; a row without a value is compared with none. */
    Map<String, byte[]> values(GenericRecord row) {
        Map<String, byte[]> values = new TreeMap<>();
        rules.unique().forEach((number, item) -> {
            Object value = row.get(item);
            if (value != null) {
                values.put(rules.ids().get(number), digest.of(dataset.id(), item, value.toString()));
            }
        });
        return values;
    }
}
