package io.tongdao.ops.incident;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.seal.Seal;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.ops.provision.TopicContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The current rows of an emergency grant as its consumer reads them, with its own right and its own copy of the key. */
public final class SealedRows {
    private final GrantPlan grant;
    private final WireFormat.Reader outside;
    private final WireFormat.Reader inside;
    private final Seal seal;

    public SealedRows(Plan plan, Grant grant, WireFormat wire, Seal seal) {
        this.grant = GrantPlan.compile(plan, grant);
        this.outside = wire.reader(this.grant.topic().schema());
        this.inside = wire.reader(this.grant.rows().schema());
        this.seal = seal;
    }

    /**
     * By key, as they stand at the topic's end now.
     *
     * @param client how to reach the cluster as the consumer
     * @throws IncidentRefused if a value doesn't open by the key
     */
    public Collection<GenericRecord> read(Map<String, Object> client) {
        Map<String, GenericRecord> rows = new TreeMap<>();
        TopicContent.each(client, grant.topic().name(), record -> take(record, rows));
        return rows.values();
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Map<String, GenericRecord> rows) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            rows.remove(key);
        } else {
            rows.put(key, opened(record));
        }
    }

    private GenericRecord opened(ConsumerRecord<byte[], byte[]> record) {
        ByteBuffer text = (ByteBuffer) outside.decode(record.value()).get(Seal.FIELD);
        try {
            return inside.decode(seal.open(record.topic(), record.key(), text.array()));
        } catch (AEADBadTagException e) {
            throw new IncidentRefused("a value at partition " + record.partition() + " offset " + record.offset()
                    + " of " + record.topic()
                    + " does not open by this key: it is another incident's, or the value was changed");
        }
    }
}
