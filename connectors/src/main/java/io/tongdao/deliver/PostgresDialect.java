package io.tongdao.deliver;

import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Receiver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PostgreSQL, 12 or later. Its definitions are part of a transaction. */
record PostgresDialect() implements Dialect {
    @Override
    public String url(Receiver receiver) {
        return "jdbc:postgresql://%s:%d/%s".formatted(receiver.host(), receiver.port(), receiver.database());
    }

    @Override
    public Properties properties(Receiver receiver) {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "600");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("logServerErrorDetail", "false");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("ApplicationName", "tongdao deliver");
        if (!Loopback.is(receiver.host())) {
            properties.setProperty("sslmode", "require");
        }
        return properties;
    }

    @Override
    public List<String> greeting() {
        return List.of("set lock_timeout = '10s'", "set search_path = pg_catalog");
    }

    @Override
    public String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String schemas() {
        return "select 1 from pg_namespace where nspname = ?";
    }

    @Override
    public String createSchema(String schema) {
        return "create schema " + quote(schema);
    }

    @Override
    public String relations() {
        return "select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ? and c.relname = ?";
    }

    @Override
    public String columns() {
        return "select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
                + " join pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped";
    }

    @Override
    public String type(ItemType item) {
        return switch (item) {
            case ItemType.Date date -> "date";
            case ItemType.Timestamp time -> "timestamp(6)";
            case ItemType.Int number -> "integer";
            case ItemType.BigInt number -> "bigint";
            case ItemType.Bool flag -> "boolean";
            case ItemType.Decimal number -> "numeric(%d,%d)".formatted(number.precision(), number.scale());
            case ItemType.Text text -> "text";
            case ItemType.Code code -> "text";
            case ItemType.DivisionType code -> "text";
            case ItemType.CitizenIdType id -> "text";
            case ItemType.CreditCodeType id -> "text";
            case ItemType.DocumentType id -> "text";
        };
    }

    @Override
    public String list() {
        return "text[]";
    }

    @Override
    public String word() {
        return "text";
    }

    @Override
    public String prose() {
        return "text";
    }

    @Override
    public List<String> create(String table, String comment, List<Column> columns) {
        List<String> statements = new ArrayList<>();
        statements.add("create table if not exists " + table + " (" + quote(KEY) + " text primary key"
                + columns.stream()
                        .map(column -> ", " + quote(column.name()) + " " + column.type())
                        .collect(Collectors.joining())
                + ")");
        statements.add("comment on table " + table + " is " + literal(comment));
        columns.forEach(column -> statements.add(comment(table, column)));
        return statements;
    }

    @Override
    public List<String> addColumn(String table, Column column) {
        return List.of(
                "alter table " + table + " add column " + quote(column.name()) + " " + column.type(),
                comment(table, column));
    }

    @Override
    public List<String> retype(String table, Column column, String from) {
        return Stream.concat(Stream.of(dropColumn(table, column.name())), addColumn(table, column).stream())
                .toList();
    }

    @Override
    public String upsert(String table, List<String> columns) {
        return insert(table, columns) + " values (?" + ", ?".repeat(columns.size()) + ") on conflict (" + quote(KEY)
                + ") do update set " + sets(columns);
    }

    @Override
    public String deleteGone(String table, String staged) {
        return "delete from " + table + " t where not exists (select 1 from " + staged + " s where s." + quote(KEY)
                + " = t." + quote(KEY) + ")";
    }

    @Override
    public String takeOver(String table, String staged, List<String> columns, Collection<String> emptied) {
        String all = columns.stream().map(this::quote).collect(Collectors.joining(", "));
        String old = columns.stream().map(c -> "t." + quote(c)).collect(Collectors.joining(", "));
        String now = columns.stream().map(c -> "excluded." + quote(c)).collect(Collectors.joining(", "));
        String gone = emptied.stream().map(c -> ", " + quote(c) + " = null").collect(Collectors.joining());
        String kept =
                emptied.stream().map(c -> " or t." + quote(c) + " is not null").collect(Collectors.joining());
        return insert(table + " as t", columns) + " select " + quote(KEY) + ", " + all + " from " + staged
                + " on conflict (" + quote(KEY) + ") do update set " + sets(columns) + gone + " where (" + old
                + ") is distinct from (" + now + ")" + kept;
    }

    @Override
    public Object list(Connection connection, Collection<?> names) throws SQLException {
        return connection.createArrayOf("text", names.toArray());
    }

    /** It keeps every character but the first of all. */
    @Override
    public String text(String value) {
        return value.indexOf('\0') < 0 ? value : value.replace('\0', '\uFFFD');
    }

    private String insert(String table, List<String> columns) {
        return "insert into " + table + " (" + quote(KEY)
                + columns.stream().map(c -> ", " + quote(c)).collect(Collectors.joining()) + ")";
    }

    private String sets(List<String> columns) {
        return columns.stream().map(c -> quote(c) + " = excluded." + quote(c)).collect(Collectors.joining(", "));
    }

    private String comment(String table, Column column) {
        return "comment on column " + table + "." + quote(column.name()) + " is " + literal(column.label());
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
