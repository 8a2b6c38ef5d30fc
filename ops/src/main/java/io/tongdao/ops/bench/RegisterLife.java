package io.tongdao.ops.bench;

import io.tongdao.contract.topic.Lineage.Op;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A seeded life of the registers, written as collection writes it: rows come, change, go, come again and move to another person, in the
 * order of each register's commits; now and then a stretch is delivered again, as after a crash of Debezium. A person is busy for a while
 * and then left alone. The first people are read by a snapshot.
 */
final class RegisterLife {
    private static final Register[] REGISTERS = Register.values();
    /** People who are busy at a time. */
    private static final int BUSY = 40;
    /** Commits about each of them, more or less. */
    private static final int COMMITS = 12;

    private static final int REMEMBERED = 300;
    private static final int AGAIN = 400;
    private final RegisterRecords records;
    private final RecordSender sender;
    private final SplittableRandom random;
    private final Map<Register, Table> tables = new EnumMap<>(Register.class);
    private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
    private int numbers;
    private int editions;
    private long steps;

    private static final class Table {
        private final List<RegisterRow> rows = new ArrayList<>();
        private final Deque<ProducerRecord<byte[], byte[]>> recent = new ArrayDeque<>();
        private long commit;

        boolean knows(int person) {
            return rows.stream().anyMatch(row -> row.person() == person);
        }
    }

    RegisterLife(RegisterRecords records, RecordSender sender, long seed) {
        this.records = records;
        this.sender = sender;
        this.random = new SplittableRandom(seed);
        for (Register register : REGISTERS) {
            tables.put(register, new Table());
        }
    }

    /** What a snapshot reads first. */
    void begin() {
        for (int person = 0; person < BUSY; person++) {
            for (Register register : REGISTERS) {
                if (random.nextInt(3) > 0) {
                    RegisterRow row = fresh(register, person);
                    table(register).rows.add(row);
                    send(register, records.read(row));
                }
            }
        }
        sender.flush();
    }

    /** One commit of one register, and perhaps some that were there before once more. */
    void step() {
        int first = (int) (steps++ / COMMITS);
        Register register = REGISTERS[random.nextInt(REGISTERS.length)];
        Table table = table(register);
        table.rows.removeIf(row -> row.person() < first);
        table.commit++;
        int person = first + random.nextInt(BUSY);
        List<RegisterRow> own =
                table.rows.stream().filter(row -> row.person() == person).toList();
        if (own.isEmpty()) {
            put(table, fresh(register, person), Op.CREATE, 0);
        } else {
            change(table, own.get(random.nextInt(own.size())), first + random.nextInt(BUSY));
        }
        if (random.nextInt(AGAIN) == 0) {
            again(table);
        }
    }

    private void change(Table table, RegisterRow row, int other) {
        Register register = row.register();
        int dice = random.nextInt(100);
        if (dice < 15) {
            remove(table, row);
        } else if (dice < 30 && other != row.person() && !(single(register) && table.knows(other))) {
            remove(table, row);
            put(table, row.about(other, ++editions), Op.UPDATE, 1);
        } else if (dice < 40 && !single(register)) {
            put(table, fresh(register, row.person()), Op.CREATE, 0);
        } else {
            table.rows.remove(row);
            put(table, row.next(++editions, dissent(register)), Op.UPDATE, 0);
        }
    }

    private void remove(Table table, RegisterRow row) {
        table.rows.remove(row);
        send(row.register(), records.gone(row, table.commit, Instant.now()));
    }

    private void put(Table table, RegisterRow row, Op op, int ordinal) {
        table.rows.add(row);
        send(row.register(), records.changed(row, op, table.commit, ordinal, Instant.now()));
    }

    private RegisterRow fresh(Register register, int person) {
        return new RegisterRow(register, ++numbers, person, ++editions, dissent(register));
    }

    /** Whether a person has one row there. */
    private static boolean single(Register register) {
        return register.rowKey(0).isEmpty();
    }

    private boolean dissent(Register register) {
        return register != Register.HOUSEHOLD && random.nextInt(4) == 0;
    }

    private void send(Register register, ProducerRecord<byte[], byte[]> record) {
        Table table = table(register);
        table.recent.add(record);
        if (table.recent.size() > REMEMBERED) {
            table.recent.remove();
        }
        sent.add(record);
        sender.send(record);
    }

    private void again(Table table) {
        int from = random.nextInt(table.recent.size());
        table.recent.stream().skip(from).forEach(sender::send);
    }

    private Table table(Register register) {
        return Objects.requireNonNull(tables.get(register));
    }

    /** All that was sent, each once, in its order. */
    List<ProducerRecord<byte[], byte[]>> sent() {
        return sent;
    }
}
