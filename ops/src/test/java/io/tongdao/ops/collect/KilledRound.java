package io.tongdao.ops.collect;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Changes a table while a collector in another process follows, then kills that process. */
final class KilledRound {
    /** A few transactions; the connection does not commit by itself. */
    interface Changes {
        void make(Statement statement) throws Exception;
    }

    private KilledRound() {}

    /** @param millis how long to go on once the snapshot is complete; 0: no longer than the first record takes, in the snapshot */
    static void run(Path dir, People people, Random random, long millis, Changes changes) throws Exception {
        long before = people.topic().records().size();
        Process doomed = DoomedCollector.start(dir, people);
        try (Connection connection = people.land().connect(people.source());
                Statement statement = connection.createStatement()) {
            await().atMost(People.SOON).until(() -> people.topic().records().size() > before);
            await().atMost(People.SOON)
                    .until(() -> millis == 0
                            || people.land().streaming(people.dataset().id()));
            connection.setAutoCommit(false);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (System.nanoTime() < end) {
                changes.make(statement);
                Thread.sleep(random.nextInt(50));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the workload broke", e);
        } finally {
            doomed.destroyForcibly().waitFor();
        }
    }
}
