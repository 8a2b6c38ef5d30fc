package io.tongdao.ops.bench;

import io.tongdao.contract.topic.Lineage.Op;
import java.time.Instant;
import java.util.SplittableRandom;

/** Fills the registers' topics with people, as snapshots read them, and changes them as their agencies commit. */
final class PeopleLoad {
    private static final Register[] REGISTERS = Register.values();
    /** Of the rows of registers that only repeat a name, one in so many has another. */
    private static final int DISSENT = 20;

    private final RegisterRecords records;
    private final RecordSender sender;
    private final SplittableRandom random;
    private int commit;

    PeopleLoad(RegisterRecords records, RecordSender sender, long seed) {
        this.records = records;
        this.sender = sender;
        this.random = new SplittableRandom(seed);
    }

    /** Four rows of each of these people, without a source time. */
    void fill(int from, int to) {
        for (int person = from; person < to; person++) {
            for (Register register : REGISTERS) {
                sender.send(records.read(new RegisterRow(register, person, person, 0, dissent(register))));
            }
        }
        sender.flush();
    }

    /** One row of each of these people, in one register. */
    void fill(Register register, int from, int to) {
        for (int person = from; person < to; person++) {
            sender.send(records.read(new RegisterRow(register, person, person, 0, false)));
        }
        sender.flush();
    }

    /** Changes of any of the first people in one register, each a commit of its own. */
    void changes(Register register, int people, int changes) {
        for (int i = 0; i < changes; i++) {
            int person = random.nextInt(people);
            change(register, person, person);
        }
        sender.flush();
    }

    /** One such change, which goes out with others that come soon: nobody waits for it here. */
    void changeOne(Register register, int people) {
        int person = random.nextInt(people);
        change(register, person, person);
    }

    /** More rows about one person in the register of cases, numbered from there on. */
    void cases(int person, int number, int rows) {
        for (int i = number; i < number + rows; i++) {
            sender.send(records.read(new RegisterRow(Register.CASE, i, person, 0, false)));
        }
        sender.flush();
    }

    /** Changes of any of the first people in any register, each a commit of its own. */
    void change(int people, int changes) {
        for (int i = 0; i < changes; i++) {
            int person = random.nextInt(people);
            Register register = REGISTERS[random.nextInt(REGISTERS.length)];
            change(register, person, person);
        }
        sender.flush();
    }

    /** Changes of rows about one person that {@link #cases} made. */
    void changeCases(int person, int number, int rows, int changes) {
        for (int i = 0; i < changes; i++) {
            change(Register.CASE, number + random.nextInt(rows), person);
        }
        sender.flush();
    }

    /** Changes of rows in the register of cases, of people who have one each. */
    void changeCases(int people, int changes) {
        for (int i = 0; i < changes; i++) {
            int person = random.nextInt(people);
            change(Register.CASE, person, person);
        }
        sender.flush();
    }

    private void change(Register register, int number, int person) {
        RegisterRow row = new RegisterRow(register, number, person, ++commit, dissent(register));
        sender.send(records.changed(row, Op.UPDATE, commit, 0, Instant.now()));
    }

    private boolean dissent(Register register) {
        return register != Register.HOUSEHOLD && random.nextInt(DISSENT) == 0;
    }
}
