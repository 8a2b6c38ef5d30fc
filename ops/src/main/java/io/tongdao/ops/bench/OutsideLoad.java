package io.tongdao.ops.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A load from outside on tables of its own: TPC-B-like, as pgbench makes it. */
interface OutsideLoad {
    /** Makes and fills {@code pgbench_accounts} and the tables beside it: 100,000 accounts for each unit of the scale. */
    void create(Connection database, int scale) throws SQLException, BenchFailed, InterruptedException;

    /** Changes them with four clients for a while; returns how many transactions were committed. */
    long run(Duration time) throws BenchFailed, InterruptedException;

    /** For the report. */
    String name();
}
