package io.tongdao.collect;

import io.tongdao.collect.files.FileRows;
import io.tongdao.collect.files.Holdings;
import io.tongdao.collect.files.Holdings.Held;
import io.tongdao.collect.files.Holdings.Stamp;
import io.tongdao.collect.files.Manifest;
import io.tongdao.collect.files.Manifest.Kind;
import io.tongdao.collect.files.UnfitFile;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Lineage.Op;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Takes one file's rows into an open transaction, by the rules of {@link KeyBySubject}: what a row says that is not held is sent under
 * each of its subjects' keys, keys that it has left are ended, a row that turns invalid ends its keys and is rejected. A full load ends
 * at last what it does not have. What is held changes on the way: after a failure it is to be thrown away.
 */
final class FileTaking {
    private final FileTable table;
    private final Manifest manifest;
    private final Stamp stamp;
    private final Op present;
    private final Holdings holdings;
    private final FileRecords records;
    private final AvroRowConverter converter;
    private final RowDigest rowDigest;
    private final ValueDigest valueDigest = new ValueDigest();
    private final FileTally tally;
    private final RowReader reader;
    private final FileRows file;
    private final Schema value;
    private final int rolePosition;

    /**
     * @param stamp epoch and number of the load
     * @param first whether it is the epoch's first: then its rows are what a snapshot's are, without a source time
     */
    FileTaking(
            FileTable table,
            Manifest manifest,
            Stamp stamp,
            boolean first,
            FileRows file,
            Holdings holdings,
            FileOutbox outbox,
            AvroRowConverter converter,
            byte[] digestKey,
            FileTally tally) {
        this.table = table;
        this.manifest = manifest;
        this.stamp = stamp;
        this.present = first ? Op.READ : Op.UPDATE;
        this.file = file;
        this.holdings = holdings;
        this.records = new FileRecords(table.dataset, stamp, first ? null : manifest.takenAt(), outbox);
        this.converter = converter;
        this.tally = tally;
        this.rowDigest = new RowDigest(digestKey, table.id());
        this.value = RowSchema.of(table.dataset.topic().schema());
        List<String> positions = RowSchema.names(value);
        this.rolePosition = positions.indexOf(SubjectPlan.ROLE_ITEM);
        this.reader = new RowReader(table.dataset, positions, file.schema(), DateDoubt.NONE, false);
    }

    /** Takes every row. */
    void rows() throws IOException, UnfitFile {
        for (Struct next = file.next(); next != null; next = file.next()) {
            records.next();
            take(next);
            tally.rows.incrementAndGet();
        }
    }

    private void take(Struct next) {
        Struct identity = table.identity(next);
        if (identity == null) {
            refuse(rowDigest.of(records.place()), "", Rejected.NO_ROW_KEY);
            return;
        }
        byte[] owner = rowDigest.of(identity);
        List<byte[]> before = holdings.keys(owner);
        if (FileTable.deleted(manifest, next)) {
            delete(owner, before);
        } else if (manifest.kind() == Kind.FULL && seen(owner, before)) {
            refuse(rowDigest.of(records.place()), "", Rejected.ROW_REPEATED);
        } else {
            decide(owner, before, reader.read(next, true, null, table.primaryKey(identity)));
        }
    }

    private boolean seen(byte[] owner, List<byte[]> keys) {
        return stamp.equals(holdings.rejected(owner)) || keys.stream().anyMatch(this::saidHere);
    }

    private boolean saidHere(byte[] key) {
        Held held = holdings.get(key);
        return held != null && held.stamp().equals(stamp);
    }

    private void delete(byte[] owner, List<byte[]> before) {
        boolean held = !before.isEmpty() || holdings.rejected(owner) != null;
        before.forEach(key -> end(key, owner));
        leaveQuarantine(owner);
        tally.unheld += held ? 0 : 1;
    }

    private void decide(byte[] owner, List<byte[]> before, RowImage image) {
        switch (image) {
            case RowImage.Valid valid
            when valid.keys().stream().anyMatch(key -> anothers(owner, key)) ->
                invalid(owner, before, "", Rejected.KEY_REPEATED.code());
            case RowImage.Valid valid -> {
                before.stream().filter(key -> !holds(valid.keys(), key)).forEach(key -> end(key, owner));
                leaveQuarantine(owner);
                say(owner, valid);
            }
            case RowImage.Invalid invalid -> invalid(owner, before, invalid.item(), invalid.code());
            case RowImage.Held held -> throw new CollectException(table.id() + ": a file's row can't be held");
            case RowImage.Absent absent -> throw new CollectException(table.id() + ": a file's row can't be absent");
        }
    }

    /** Whether another row of this file has said the key's value. */
    private boolean anothers(byte[] owner, byte[] key) {
        Held held = holdings.get(key);
        return held != null && held.stamp().equals(stamp) && !Arrays.equals(held.row(), owner);
    }

    private void invalid(byte[] owner, List<byte[]> before, String item, String code) {
        before.forEach(key -> end(key, owner));
        refuse(owner, item, new Rejected(code));
    }

    private void say(byte[] owner, RowImage.Valid image) {
        boolean changed = false;
        for (int i = 0; i < image.keys().size(); i++) {
            byte[] key = image.keys().get(i);
            byte[] bytes = Objects.requireNonNull(
                    converter.fromConnectData(table.dataset.topic().name(), value, struct(image, i)));
            byte[] digest = valueDigest.of(bytes);
            Held held = holdings.get(key);
            boolean same = held != null
                    && held.stamp().epoch() == stamp.epoch()
                    && Arrays.equals(held.row(), owner)
                    && Arrays.equals(held.value(), digest);
            if (!same) {
                changed = true;
                records.send(key, bytes, present == Op.UPDATE && held == null ? Op.CREATE : present, owner);
            }
            holdings.put(key, new Held(owner, digest, stamp));
        }
        tally.unchanged += changed ? 0 : 1;
    }

    private Struct struct(RowImage.Valid image, int subject) {
        Struct struct = new Struct(value);
        for (int f = 0; f < image.values().length; f++) {
            struct.put(value.fields().get(f), image.values()[f]);
        }
        if (rolePosition >= 0) {
            struct.put(value.fields().get(rolePosition), image.roles().get(subject));
        }
        return struct;
    }

    private void end(byte[] key, byte[] owner) {
        records.send(key, null, Op.DELETE, owner);
        holdings.remove(key);
        tally.ended++;
    }

    private void leaveQuarantine(byte[] owner) {
        if (holdings.rejected(owner) != null) {
            records.reject(owner, null, Op.DELETE);
            holdings.accept(owner);
        }
    }

    private void refuse(byte[] owner, String item, Rejected why) {
        Reject reject = new Reject(
                table.id(),
                HexFormat.of().formatHex(records.pos().bytes()),
                new String(present.bytes(), StandardCharsets.US_ASCII),
                records.at(),
                HexFormat.of().formatHex(owner),
                item,
                why.code(),
                manifest.id() + ':' + file.line());
        records.reject(owner, reject.bytes(), present);
        holdings.reject(owner, stamp);
        tally.refused(new FileTally.Refusal(file.line(), item, why.code()));
    }

    /** How many records have gone to the src topic. */
    long sent() {
        return records.sent();
    }

    /** How many keys a full load would end by not having them. */
    long absent() {
        long[] count = {0};
        holdings.keysBefore(stamp, (key, owner) -> count[0]++);
        return count[0];
    }

    /** Ends what a full load does not have, and marks each partition: the load is complete. */
    void rest() {
        holdings.keysBefore(stamp, (key, owner) -> {
            records.next();
            end(key, owner);
        });
        holdings.rejectsBefore(stamp, (owner, same) -> {
            records.next();
            leaveQuarantine(owner);
        });
        records.next();
        records.mark();
    }

    private static boolean holds(List<byte[]> keys, byte[] key) {
        return keys.stream().anyMatch(each -> Arrays.equals(each, key));
    }
}
