package io.tongdao.collect;

import io.tongdao.collect.files.Holdings;
import io.tongdao.collect.files.Holdings.Held;
import io.tongdao.collect.files.Holdings.Stamp;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes {@link Holdings} of a dataset from what is committed on its topic and in quarantine. */
final class FileHoldings {
    private final Holdings held;
    private final ValueDigest digest = new ValueDigest();
    private final byte[] prefix;

    private FileHoldings(FileTable table, Path directory) {
        this.held = new Holdings(directory);
        this.prefix = (table.id() + '|').getBytes(StandardCharsets.UTF_8);
    }

    /** Reads the topic whole. */
    static Holdings read(FileTable table, Path directory, Map<String, Object> kafka) {
        FileHoldings making = new FileHoldings(table, directory);
        boolean whole = false;
        try (WholeTopic committed = WholeTopic.committed(kafka)) {
            committed.read(table.dataset.topic().name(), making::key);
            committed.read(Names.REJECTS, making::reject);
            whole = true;
            return making.held;
        } finally {
            if (!whole) {
                making.held.close();
            }
        }
    }

    private void key(ConsumerRecord<byte[], byte[]> record) {
        byte[] row = Lineage.row(record.headers());
        Pos pos = Lineage.pos(record.headers());
        if (SubjectKey.isMarker(record.key()) || row == null || pos == null) {
            return;
        }
        if (record.value() == null) {
            held.remove(record.key());
        } else {
            held.put(record.key(), new Held(row, digest.of(record.value()), new Stamp(pos.epoch(), pos.commit())));
        }
    }

    private void reject(ConsumerRecord<byte[], byte[]> record) {
        if (Arrays.mismatch(record.key(), prefix) < prefix.length) {
            return;
        }
        byte[] row = HexFormat.of().parseHex(new String(record.key(), StandardCharsets.UTF_8).substring(prefix.length));
        Pos pos = Lineage.pos(record.headers());
        if (record.value() == null || pos == null) {
            held.accept(row);
        } else {
            held.reject(row, new Stamp(pos.epoch(), pos.commit()));
        }
    }
}
