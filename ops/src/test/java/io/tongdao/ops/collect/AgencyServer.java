package io.tongdao.ops.collect;

import io.tongdao.contract.plan.Source;
import io.tongdao.ops.embedded.AgencyMariaDb;
import io.tongdao.ops.embedded.AgencyPostgres;
import java.sql.Connection;
import java.sql.SQLException;

/** A database server that tests collect from, wherever it runs. */
interface AgencyServer extends AutoCloseable {
    Source.Engine engine();

    String host();

    int port();

    String user();

    String password();

    void createDatabase(String database) throws SQLException;

    Connection connect(String database) throws SQLException;

    @Override
    default void close() {}

    record EmbeddedPostgres(AgencyPostgres server) implements AgencyServer {
        @Override
        public Source.Engine engine() {
            return Source.Engine.POSTGRESQL;
        }

        @Override
        public String host() {
            return server.host();
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public String user() {
            return server.user();
        }

        @Override
        public String password() {
            return server.password().reveal();
        }

        @Override
        public void createDatabase(String database) throws SQLException {
            server.createDatabase(database);
        }

        @Override
        public Connection connect(String database) throws SQLException {
            return server.connect(database);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    record EmbeddedMariaDb(AgencyMariaDb server) implements AgencyServer {
        @Override
        public Source.Engine engine() {
            return Source.Engine.MARIADB;
        }

        @Override
        public String host() {
            return server.host();
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public String user() {
            return server.user();
        }

        @Override
        public String password() {
            return server.password().reveal();
        }

        @Override
        public void createDatabase(String database) throws SQLException {
            server.createDatabase(database);
        }

        @Override
        public Connection connect(String database) throws SQLException {
            return server.connect(database);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
