package io.tongdao.contract.witness;

import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaBuilder.FieldAssembler;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * The two topics of the release ledger (留痕, art. 28, 35) and the tables that keep them. Both only grow, and add up: the sum of an epoch's
 * entries is what was released under it. Written in the transactions of the releases, so that none is missing and none is there without one.
 */
public final class ReleaseLedger {
    /** A page of the ledger is in the partition of the task that released it, modulo this: fixed for good, whatever the kinds' partitions are. */
    public static final int PARTITIONS = 16;

    public static final String GRANT = "grant_id";
    public static final String EPOCH = "epoch";
    public static final String KIND = "kind";
    public static final String CONSUMER = "consumer";
    public static final String PURPOSE = "purpose";
    public static final String TABLE = "source_table";
    public static final String KEY = "key_form";
    public static final String ITEMS = "items";
    /** Released rows. */
    public static final String RECORDS = "records";
    /** Rows that the consumer was told to be gone. */
    public static final String TOMBSTONES = "tombstones";

    public static final String WINDOW_START = "window_start";
    public static final String WINDOW_END = "window_end";

    public static final String SUBJECTS_OF = "subjects";
    public static final String SUBJECT = "subject";
    public static final String FIRST = "first_at";
    public static final String LAST = "last_at";

    private static final String NAMESPACE = "io.tongdao.audit";

    /** Per grant, epoch and minute: how much; no subjects. */
    public static final Topic WINDOWS = new Topic(Names.RELEASES, 1, Policy.AUDIT, windows());

    /** Per grant and epoch, a page of subjects: each with its first and last release within the page, and how many. */
    public static final Topic SUBJECTS = new Topic(Names.SUBJECT_RELEASES, PARTITIONS, Policy.AUDIT, subjects());

    private ReleaseLedger() {}

    /** The partition of what a task released. */
    public static int partition(int task) {
        return task % PARTITIONS;
    }

    /** A record of one of the topics with the fields that both have; the others are still to be set. */
    public static GenericRecord entry(Topic topic, ReleasedUnder under) {
        GenericRecord entry = new GenericData.Record(topic.schema());
        entry.put(GRANT, under.grant());
        entry.put(EPOCH, under.epoch());
        entry.put(KIND, under.kind());
        entry.put(CONSUMER, under.consumer());
        entry.put(PURPOSE, under.purpose());
        entry.put(TABLE, under.table());
        entry.put(KEY, under.key());
        entry.put(ITEMS, under.items());
        return entry;
    }

    /** What an entry of either topic is about. */
    public static ReleasedUnder under(GenericRecord entry) {
        return new ReleasedUnder(
                text(entry, GRANT),
                (Integer) entry.get(EPOCH),
                text(entry, KIND),
                text(entry, CONSUMER),
                text(entry, PURPOSE),
                text(entry, TABLE),
                text(entry, KEY),
                text(entry, ITEMS));
    }

    private static String text(GenericRecord entry, String field) {
        return String.valueOf(entry.get(field));
    }

    private static Schema windows() {
        FieldAssembler<Schema> fields = under("release", "一分钟内按授权、批次的提供量");
        time(fields, WINDOW_START, "起");
        time(fields, WINDOW_END, "止");
        return counts(fields);
    }

    private static Schema subjects() {
        FieldAssembler<Schema> one = SchemaBuilder.record("subject_release_of")
                .namespace(NAMESPACE)
                .doc("一个数据主体")
                .fields()
                .name(SUBJECT)
                .doc("主体标记，非标识")
                .type()
                .stringType()
                .noDefault();
        time(one, FIRST, "首次提供");
        time(one, LAST, "末次提供");
        Schema of = counts(one);
        return under("subject_release", "按授权、批次、数据主体的提供记录")
                .name(SUBJECTS_OF)
                .doc("数据主体")
                .type(Schema.createArray(of))
                .noDefault()
                .endRecord();
    }

    private static FieldAssembler<Schema> under(String name, String doc) {
        FieldAssembler<Schema> fields =
                SchemaBuilder.record(name).namespace(NAMESPACE).doc(doc).fields();
        text(fields, GRANT, "授权编号");
        fields.name(EPOCH).doc("批次").type().intType().noDefault();
        text(fields, KIND, "提供方式");
        text(fields, CONSUMER, "数据需求单位");
        text(fields, PURPOSE, "用途");
        text(fields, TABLE, "数据来源");
        text(fields, KEY, "标识形式");
        text(fields, ITEMS, "数据项及脱敏方式");
        return fields;
    }

    private static Schema counts(FieldAssembler<Schema> fields) {
        fields.name(RECORDS).doc("提供的记录数").type().longType().noDefault();
        fields.name(TOMBSTONES).doc("告知撤出的记录数").type().longType().noDefault();
        return fields.endRecord();
    }

    private static void text(FieldAssembler<Schema> fields, String name, String doc) {
        fields.name(name).doc(doc).type().stringType().noDefault();
    }

    private static void time(FieldAssembler<Schema> fields, String name, String doc) {
        Schema millis = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        fields.name(name).doc(doc).type(millis).noDefault();
    }
}
