package io.tongdao.deliver;

import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Receiver;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Properties;

/** How one engine is spoken to: its addresses, names, types and statements. Stateless; statements take quoted names. */
sealed interface Dialect permits PostgresDialect, BacktickDialect {
    String KEY = "_key";

    static Dialect of(Receiver.Engine engine) {
        return switch (engine) {
            case POSTGRESQL -> new PostgresDialect();
            case MARIADB -> new MariaDbDialect();
            case MYSQL -> new MySqlDialect();
        };
    }

    /** Without user and password. */
    String url(Receiver receiver);

    /** Of a connection, beside user and password: time-outs, and no values in error messages. */
    Properties properties(Receiver receiver);

    /** What is said first on a connection: no statement waits long for a lock that the county's own programs hold. */
    List<String> greeting();

    String quote(String name);

    /** Of schemas named {@code ?}. */
    String schemas();

    String createSchema(String schema);

    /** Said once the schema is there; nothing where names with their schema are enough. */
    default List<String> enter(String schema) {
        return List.of();
    }

    /** Of relations of any kind in the schema {@code ?} with the name {@code ?}. */
    String relations();

    /** The columns of the table {@code ?}, {@code ?}. */
    String columns();

    /** The type of an item's column. */
    String type(ItemType item);

    /** The type of a column that holds names of items. */
    String list();

    /** The type of a short text in the ledger, which may be part of a primary key. */
    String word();

    /** The type of a long text in the ledger. */
    String prose();

    /** The statements that make a table of rows by key, comments included. */
    List<String> create(String table, String comment, List<Column> columns);

    List<String> addColumn(String table, Column column);

    /** The statements that give a column another type before all its values are replaced; none: it takes them as it is. */
    List<String> retype(String table, Column column, String from);

    default String dropColumn(String table, String column) {
        return "alter table " + table + " drop column " + quote(column);
    }

    /** Inserts or replaces one row: the key, then the columns. */
    String upsert(String table, List<String> columns);

    default String delete(String table) {
        return "delete from " + table + " where " + quote(KEY) + " = ?";
    }

    /** Deletes the rows whose key the staged table has not. */
    String deleteGone(String table, String staged);

    /** Makes all rows what the staged table's are; touches only those that differ where the engine can tell. */
    String takeOver(String table, String staged, List<String> columns, Collection<String> emptied);

    Object list(Connection connection, Collection<?> names) throws SQLException;

    /** What the driver binds for a value as it is in a released record. */
    default Object value(ItemType type, Object value) {
        return switch (type) {
            case ItemType.Date date -> LocalDate.ofEpochDay((Integer) value);
            case ItemType.Timestamp time ->
                LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plus((Long) value, ChronoUnit.MICROS);
            case ItemType.Int number -> value;
            case ItemType.BigInt number -> value;
            case ItemType.Bool flag -> value;
            case ItemType.Decimal number -> value;
            case ItemType.Text text -> text(value.toString());
            case ItemType.Code code -> text(value.toString());
            case ItemType.DivisionType code -> text(value.toString());
            case ItemType.CitizenIdType id -> text(value.toString());
            case ItemType.CreditCodeType id -> text(value.toString());
            case ItemType.DocumentType id -> text(value.toString());
        };
    }

    /** A text as the engine can keep it. */
    default String text(String value) {
        return value;
    }
}
