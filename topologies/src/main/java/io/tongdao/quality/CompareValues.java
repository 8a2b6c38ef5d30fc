package io.tongdao.quality;

import io.tongdao.runtime.Guarded;
import io.tongdao.runtime.Sweep;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Where rows with equal values meet (唯一性): of one that stands alone nothing is said, of two or more each breaks the rule. What is not
 * newer than what is held of a row and a value changes nothing, whichever partition of the dataset it came from; how many have a value is
 * counted beside, so that a value of a million rows costs no more than one of two.
 */
final class CompareValues implements Processor<byte[], byte[], byte[], Outgoing> {
    private static final BytesSerializer KEY = new BytesSerializer();
    private final QualitySettings settings;
    private @Nullable Task task;

    private record Task(
            ProcessorContext<byte[], Outgoing> context,
            KeyValueStore<Bytes, byte[]> store,
            Tallies tallies,
            int number) {}

    CompareValues(QualitySettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        KeyValueStore<Bytes, byte[]> store = context.getStateStore("rows-by-value");
        Tallies tallies = new Tallies(context.getStateStore("counts-by-value-window"), settings.history());
        task = new Task(context, store, tallies, context.taskId().partition());
        Sweep left = new Sweep(store, value -> counts(value) ? null : SharedValue.leftAt(value), settings.remember());
        context.schedule(Sweep.EVERY, PunctuationType.WALL_CLOCK_TIME, Guarded.guard("compare-values", left::step));
        context.schedule(
                Tallies.TELL,
                PunctuationType.WALL_CLOCK_TIME,
                Guarded.guard("compare-values", now -> Findings.tell(context, tallies, now)));
    }

    @Override
    public void process(Record<byte[], byte[]> input) {
        if (task == null) {
            throw new IllegalStateException("a record before the task began");
        }
        SharedValue said = SharedValue.decode(input.value());
        Bytes key = key(input.key(), said.row());
        byte[] bytes = task.store.get(key);
        SharedValue held = bytes == null ? null : SharedValue.decode(bytes);
        if (held != null) {
            int order = said.pos().compareTo(held.pos());
            // A rule that is given up is left at the position at which the value was taken.
            if (order < 0 || (order == 0 && (said.has() || !held.has()))) {
                return;
            }
        }
        boolean had = held != null && held.has();
        Group group = new Group(task, input.key(), input.timestamp());
        if (said.has()) {
            task.store.put(key, said.encode(task.context.currentSystemTimeMs()));
            group.takes(said, had);
        } else {
            SharedValue left = held == null ? said : held.left(said.pos());
            task.store.put(key, left.encode(task.context.currentSystemTimeMs()));
            if (had) {
                group.leaves(left);
            }
        }
    }

    private static Bytes key(byte[] value, byte[] row) {
        return Bytes.wrap(ByteBuffer.allocate(value.length + row.length)
                .put(value)
                .put(row)
                .array());
    }

    /** How many rows have a value stands under the value alone, in eight bytes: no row's entry is that short. */
    private static boolean counts(byte[] value) {
        return value.length == Long.BYTES;
    }

    /** The rows that have one value. */
    private static final class Group {
        private final Task task;
        private final byte[] value;
        private final long timestamp;

        Group(Task task, byte[] value, long timestamp) {
            this.task = task;
            this.value = value;
            this.timestamp = timestamp;
        }

        void takes(SharedValue row, boolean had) {
            long others = size() - (had ? 1 : 0);
            resize(others + 1);
            if (!had) {
                count(row, QualityCount.NOW, 1, others == 0 ? 1 : 0);
            }
            count(row, row.window(), 1, others == 0 ? 1 : 0);
            if (others > 0) {
                flag(row, true);
            }
            if (others == 1 && !had) {
                SharedValue other = other(row.row());
                count(other, QualityCount.NOW, 0, -1);
                flag(other, true);
            }
        }

        void leaves(SharedValue row) {
            long others = size() - 1;
            resize(others);
            count(row, QualityCount.NOW, -1, others == 0 ? -1 : 0);
            if (others > 0) {
                flag(row, false);
            }
            if (others == 1) {
                SharedValue other = other(row.row());
                count(other, QualityCount.NOW, 0, 1);
                flag(other, false);
            }
        }

        private long size() {
            byte[] count = task.store.get(Bytes.wrap(value));
            return count == null ? 0 : ByteBuffer.wrap(count).getLong();
        }

        private void resize(long size) {
            Bytes key = Bytes.wrap(value);
            if (size == 0) {
                task.store.delete(key);
            } else {
                task.store.put(
                        key, ByteBuffer.allocate(Long.BYTES).putLong(size).array());
            }
        }

        /** The one other row that has the value. */
        private SharedValue other(byte[] row) {
            try (KeyValueIterator<Bytes, byte[]> rows = task.store.prefixScan(Bytes.wrap(value), KEY)) {
                while (rows.hasNext()) {
                    KeyValue<Bytes, byte[]> entry = rows.next();
                    if (!counts(entry.value)) {
                        SharedValue one = SharedValue.decode(entry.value);
                        if (one.has() && !java.util.Arrays.equals(one.row(), row)) {
                            return one;
                        }
                    }
                }
            }
            throw new IllegalStateException("a value of two rows that only one has");
        }

        private void count(SharedValue row, String window, long checked, long conforming) {
            int version = row.rule().hashCode();
            task.tallies.know(row.dataset(), version, List.of(row.rule()));
            Tally tally = task.tallies.at(new Tally.Place(row.dataset(), window, part(row)), version);
            tally.add(0, checked, conforming);
            task.tallies.save(tally);
        }

        private void flag(SharedValue row, boolean broken) {
            Violation found = row.violation(part(row));
            Outgoing out = new Outgoing.Flag(broken ? found.bytes() : null);
            task.context.forward(new Record<>(found.key(), out, timestamp));
        }

        private String part(SharedValue row) {
            return "v" + task.number + '-' + row.rule();
        }
    }
}
