package io.tongdao.deliver;

import io.tongdao.contract.plan.ItemType;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What MariaDB and MySQL have in common. A definition ends the transaction that it stands in, so whatever needs several of them is
 * written down first and taken up again.
 */
abstract sealed class BacktickDialect implements Dialect permits MariaDbDialect, MySqlDialect {
    private static final int SHORT = 255;
    private static final String SHORT_TEXT = "varchar(" + SHORT + ")";
    private static final String LONG_TEXT = "mediumtext";
    /** As long as a primary key can be in four-byte characters. */
    private static final String KEY_TYPE = "varchar(768)";

    private static final int LONGEST_COMMENT = 1_000;

    /** What both drivers call alike. */
    static Properties connecting() {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", "10000");
        properties.setProperty("socketTimeout", "600000");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("dumpQueriesOnException", "false");
        return properties;
    }

    @Override
    public String quote(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    @Override
    public List<String> greeting() {
        return List.of(
                "set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_BACKSLASH_ESCAPES'",
                "set session time_zone = '+00:00'",
                "set session transaction isolation level read committed",
                "set session lock_wait_timeout = 10",
                "set session innodb_lock_wait_timeout = 10");
    }

    @Override
    public String schemas() {
        return "select 1 from information_schema.schemata where schema_name = ?";
    }

    @Override
    public String createSchema(String schema) {
        return "create database if not exists " + quote(schema) + " character set utf8mb4 collate utf8mb4_bin";
    }

    /** A deletion by a join wants a database, though its tables are named with theirs. */
    @Override
    public List<String> enter(String schema) {
        return List.of("use " + quote(schema));
    }

    @Override
    public String relations() {
        return "select 1 from information_schema.tables where table_schema = ? and table_name = ?";
    }

    @Override
    public String columns() {
        return "select column_name from information_schema.columns where table_schema = ? and table_name = ?";
    }

    @Override
    public String type(ItemType item) {
        return switch (item) {
            case ItemType.Date date -> "date";
            case ItemType.Timestamp time -> "datetime(6)";
            case ItemType.Int number -> "int";
            case ItemType.BigInt number -> "bigint";
            case ItemType.Bool flag -> "boolean";
            case ItemType.Decimal number -> "decimal(%d,%d)".formatted(number.precision(), number.scale());
            case ItemType.Text text -> text.length() <= SHORT ? SHORT_TEXT : LONG_TEXT;
            case ItemType.Code code -> SHORT_TEXT;
            case ItemType.DivisionType code -> SHORT_TEXT;
            case ItemType.CitizenIdType id -> SHORT_TEXT;
            case ItemType.CreditCodeType id -> SHORT_TEXT;
            case ItemType.DocumentType id -> SHORT_TEXT;
        };
    }

    @Override
    public String list() {
        return "json";
    }

    @Override
    public String word() {
        return "varchar(128)";
    }

    @Override
    public String prose() {
        return "mediumtext";
    }

    @Override
    public List<String> create(String table, String comment, List<Column> columns) {
        String defined = columns.stream().map(c -> ", " + defined(c)).collect(Collectors.joining());
        return List.of("create table if not exists " + table + " (" + quote(KEY) + " " + KEY_TYPE
                + " not null primary key" + defined
                + ") engine = InnoDB character set utf8mb4 collate utf8mb4_bin comment = "
                + literal(comment));
    }

    @Override
    public List<String> addColumn(String table, Column column) {
        return List.of("alter table " + table + " add column " + defined(column));
    }

    /** Texts become longer in place, and stay so; what was of another kind begins anew, empty until the rows are taken over. */
    @Override
    public List<String> retype(String table, Column column, String from) {
        Set<String> texts = Set.of(SHORT_TEXT, LONG_TEXT);
        if (texts.contains(from) && texts.contains(column.type())) {
            return from.equals(LONG_TEXT)
                    ? List.of()
                    : List.of("alter table " + table + " modify column " + defined(column));
        }
        return List.of(
                "alter table " + table + " drop column " + quote(column.name()) + ", add column " + defined(column));
    }

    @Override
    public String upsert(String table, List<String> columns) {
        return insert(table, columns) + " values (?" + ", ?".repeat(columns.size()) + ")" + replace(columns);
    }

    /** The end of an upsert: the row that is there takes the new one's values. */
    abstract String replace(List<String> columns);

    @Override
    public String deleteGone(String table, String staged) {
        return "delete t from " + table + " t left join " + staged + " s on s." + quote(KEY) + " = t." + quote(KEY)
                + " where s." + quote(KEY) + " is null";
    }

    @Override
    public String takeOver(String table, String staged, List<String> columns, Collection<String> emptied) {
        String all = columns.stream().map(c -> ", s." + quote(c)).collect(Collectors.joining());
        String sets = columns.stream()
                .map(c -> table + "." + quote(c) + " = s." + quote(c))
                .collect(Collectors.joining(", "));
        String gone = emptied.stream()
                .map(c -> ", " + table + "." + quote(c) + " = null")
                .collect(Collectors.joining());
        return insert(table, columns) + " select s." + quote(KEY) + all + " from " + staged
                + " s on duplicate key update " + sets + gone;
    }

    @Override
    public Object list(Connection connection, Collection<?> names) {
        return names.stream().map(name -> '"' + name.toString() + '"').collect(Collectors.joining(",", "[", "]"));
    }

    private String insert(String table, List<String> columns) {
        return "insert into " + table + " (" + quote(KEY)
                + columns.stream().map(c -> ", " + quote(c)).collect(Collectors.joining()) + ")";
    }

    private String defined(Column column) {
        String label = column.label();
        String comment = label.length() > LONGEST_COMMENT ? label.substring(0, LONGEST_COMMENT) : label;
        return quote(column.name()) + " " + column.type() + " null comment " + literal(comment);
    }

    /** Under {@code NO_BACKSLASH_ESCAPES}. */
    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
