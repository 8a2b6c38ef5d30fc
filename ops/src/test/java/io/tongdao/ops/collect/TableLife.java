package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.collect.Collector;

/** One table's life, the same on every engine, whether its server is embedded or in a container. */
final class TableLife {
    private TableLife() {}

    /**
     * Snapshot, stream, updates, deletions, changed identifiers and primary keys, a restart with changes before it: the compacted topic
     * is the table, and the restart goes on where the reading stopped.
     *
     * @param more statements that run among the changes
     */
    static void isToldWhole(People people, String... more) throws Exception {
        // Given
        people.insert(0, 500);
        Collector first = people.collectAndStream();

        // When
        people.run(
                "UPDATE person SET name = 'changed' WHERE pk < 10",
                "DELETE FROM person WHERE pk BETWEEN 10 AND 19",
                "UPDATE person SET cid = '" + Ids.citizen(1000) + "' WHERE pk = 20",
                "UPDATE person SET pk = 2000 WHERE pk = 21",
                "UPDATE person SET pk = 2001, cid = '" + Ids.citizen(1001) + "' WHERE pk = 22");
        people.run(more);
        people.awaitEqual();
        first.close();
        people.run("DELETE FROM person WHERE pk = 30", "UPDATE person SET name = 'offline' WHERE pk = 31");
        Collector second = people.collectAndStream();
        people.insert(600, 650);

        // Then
        people.awaitEqual();
        assertThat(second.status().datasets().getFirst().snapshotRows()).isZero();
        assertThat(people.topic().markers()).isEqualTo(SourceTables.PARTITIONS);
        assertThat(people.land().breaks()).isEmpty();
    }
}
