package io.tongdao.contract.plan;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A connection to an agency's database; secrets by reference.
 *
 * @param passwordRef {@code env:NAME} or {@code file:PATH}; never the password
 */
public record Source(
        String name,
        String agency,
        Engine engine,
        String host,
        int port,
        String database,
        String user,
        String passwordRef,
        Tuning tuning) {

    /** A connection with the measured defaults. */
    public Source(
            String name,
            String agency,
            Engine engine,
            String host,
            int port,
            String database,
            String user,
            String passwordRef) {
        this(name, agency, engine, host, port, database, user, passwordRef, Tuning.MEASURED);
    }

    public enum Engine {
        POSTGRESQL,
        MARIADB,
        MYSQL,
        SQLSERVER,
        ORACLE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a platform engineer sets for one connection; empty: the default of whoever collects.
     *
     * @param batch rows handed to Kafka at once
     * @param queue rows read ahead
     * @param snapshotFetch rows that a snapshot asks the database for at once
     * @param incrementalChunk rows that an incremental snapshot reads between two looks at the log
     * @param heartbeat how often an idle database's position is noted
     */
    public record Tuning(
            Optional<Integer> batch,
            Optional<Integer> queue,
            Optional<Integer> snapshotFetch,
            Optional<Integer> incrementalChunk,
            Optional<Duration> heartbeat) {
        public static final Tuning MEASURED =
                new Tuning(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
