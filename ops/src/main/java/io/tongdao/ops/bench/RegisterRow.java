package io.tongdao.ops.bench;

import java.nio.ByteBuffer;

/**
 * A version of a row of a register.
 *
 * @param number the row's primary key there
 * @param person whom it is about: a serial of {@link BenchTable#citizen}
 * @param edition gives what changes; two versions of a row never have the same
 * @param dissent whether it has another name for the person than the rest
 */
record RegisterRow(Register register, int number, int person, int edition, boolean dissent) {
    /** The person's citizen number, the subject part of the key. */
    String subject() {
        return BenchTable.citizen(person);
    }

    String name() {
        return "姓名" + (char) (0x4e00 + (dissent ? person + 1 : person) % 5000);
    }

    /** 16 bytes that stand for the row, as collection's digests do. */
    byte[] digest() {
        return ByteBuffer.allocate(16)
                .putLong(register.ordinal() + 1)
                .putLong(number)
                .array();
    }

    RegisterRow next(int next, boolean dissenting) {
        return new RegisterRow(register, number, person, next, dissenting);
    }

    RegisterRow about(int other, int next) {
        return new RegisterRow(register, number, other, next, dissent);
    }

    @Override
    public String toString() {
        return "RegisterRow[" + register + " ***]";
    }
}
