package io.tongdao.collect;

/**
 * A log sequence number of SQL Server: the log's virtual file, the block in it (in sectors of 512 bytes), the record in the block.
 * Written {@code 00000027:00000758:0005}, in hexadecimal.
 */
record LogSequence(long file, long block, int slot) {
    /** What fits beside each other in 64 bits: no block is past 128 GB of a file, none has 4,096 records (60 KB). */
    private static final int SLOT_BITS = 12;

    private static final int BLOCK_BITS = 28;
    private static final int FILES_BITS = 12;

    static LogSequence parse(String text) {
        String[] parts = text.split(":", -1);
        return new LogSequence(
                Long.parseLong(parts[0], 16), Long.parseLong(parts[1], 16), Integer.parseInt(parts[2], 16));
    }

    /** File and block of a commit, in 64 bits: greater for a later commit, equal for those in one block. */
    long commit() {
        return file << 32 | block;
    }

    /**
     * A change of the transaction that this number commits, in 64 bits: first what {@link #commit()} leaves out, then how many files
     * before the commit, then block and record. Sorts as the changes do, unsigned.
     *
     * @throws ResnapshotException if the transaction is so long that its changes can't be told apart: reading anew passes it
     */
    long change(LogSequence change) {
        long before = file - change.file;
        boolean fits = before >= 0
                && before < 1L << FILES_BITS
                && change.block < 1L << BLOCK_BITS
                && Math.max(slot, change.slot) < 1 << SLOT_BITS;
        if (!fits) {
            throw new ResnapshotException("a transaction of its log is too long to keep the order of its changes");
        }
        long files = (1L << FILES_BITS) - 1 - before;
        return (long) slot << FILES_BITS + BLOCK_BITS + SLOT_BITS
                | files << BLOCK_BITS + SLOT_BITS
                | change.block << SLOT_BITS
                | change.slot;
    }
}
