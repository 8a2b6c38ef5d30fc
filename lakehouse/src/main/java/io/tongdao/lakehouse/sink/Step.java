package io.tongdao.lakehouse.sink;

/** The steps of a commit between which a process may die; a test stops a writer at each of them. */
enum Step {
    ROWS_WRITTEN,
    VECTORS_WRITTEN,
    COMMITTED,
    INDEXED,
    COMPACTED,
    COMPACTION_INDEXED,
    PROMOTED;

    /** Is told of each step as it is reached. */
    interface Probe {
        Probe NONE = step -> {};

        void reached(Step step);
    }
}
