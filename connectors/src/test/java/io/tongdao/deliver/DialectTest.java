package io.tongdao.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.plan.Receiver.Engine;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The SQL of each engine: what a receiver's own programs meet. */
class DialectTest {
    private static final Dialect POSTGRES = Dialect.of(Engine.POSTGRESQL);
    private static final Dialect MARIADB = Dialect.of(Engine.MARIADB);
    private static final Dialect MYSQL = Dialect.of(Engine.MYSQL);
    private static final List<Column> NAME =
            List.of(new Column("name", "姓名'\\", new ItemType.Text(50), "varchar(255)"));

    record Typed(ItemType item, String postgres, String backtick) {}

    static Stream<Typed> types() {
        return Stream.of(
                new Typed(new ItemType.Text(255), "text", "varchar(255)"),
                new Typed(new ItemType.Text(256), "text", "mediumtext"),
                new Typed(new ItemType.Code("GB/T 2261.1"), "text", "varchar(255)"),
                new Typed(new ItemType.CitizenIdType(), "text", "varchar(255)"),
                new Typed(new ItemType.CreditCodeType(), "text", "varchar(255)"),
                new Typed(new ItemType.DocumentType(20, Document.BY_FORM), "text", "varchar(255)"),
                new Typed(new ItemType.DivisionType(), "text", "varchar(255)"),
                new Typed(new ItemType.Date(), "date", "date"),
                new Typed(new ItemType.Timestamp(), "timestamp(6)", "datetime(6)"),
                new Typed(new ItemType.Int(), "integer", "int"),
                new Typed(new ItemType.BigInt(), "bigint", "bigint"),
                new Typed(new ItemType.Bool(), "boolean", "boolean"),
                new Typed(new ItemType.Decimal(18, 2), "numeric(18,2)", "decimal(18,2)"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeHasItsColumn(Typed typed) {
        assertThat(POSTGRES.type(typed.item())).isEqualTo(typed.postgres());
        assertThat(MARIADB.type(typed.item())).isEqualTo(typed.backtick());
        assertThat(MYSQL.type(typed.item())).isEqualTo(typed.backtick());
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void daysAndTimesStayWhatTheyAre(Engine engine) {
        Dialect sql = Dialect.of(engine);
        assertThat(sql.value(new ItemType.Date(), -25_567)).isEqualTo(LocalDate.of(1900, 1, 1));
        assertThat(sql.value(new ItemType.Timestamp(), -1L))
                .isEqualTo(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000));
        assertThat(sql.value(new ItemType.Decimal(4, 2), new BigDecimal("1.20")))
                .isEqualTo(new BigDecimal("1.20"));
        assertThat(sql.value(new ItemType.Text(9), "𠮷野")).isEqualTo("𠮷野");
    }

    @Test
    void postgresqlIsSpokenToInItsWords() {
        assertThat(POSTGRES.upsert("\"s\".\"t\"", List.of("a", "b")))
                .isEqualTo("insert into \"s\".\"t\" (\"_key\", \"a\", \"b\") values (?, ?, ?) on conflict (\"_key\")"
                        + " do update set \"a\" = excluded.\"a\", \"b\" = excluded.\"b\"");
        assertThat(POSTGRES.takeOver("t", "n", List.of("a"), List.of("old")))
                .isEqualTo(
                        "insert into t as t (\"_key\", \"a\") select \"_key\", \"a\" from n on conflict (\"_key\") do update"
                                + " set \"a\" = excluded.\"a\", \"old\" = null where (t.\"a\") is distinct from (excluded.\"a\")"
                                + " or t.\"old\" is not null");
        assertThat(POSTGRES.quote("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(POSTGRES.create("t", "来自", NAME)).last().isEqualTo("comment on column t.\"name\" is '姓名''\\'");
        assertThat(POSTGRES.text("a\0b")).isEqualTo("a\uFFFDb");
    }

    @Test
    void mariadbAndMysqlDifferInTheirUpserts() {
        String head = "insert into `s`.`t` (`_key`, `a`) values (?, ?)";
        assertThat(MARIADB.upsert("`s`.`t`", List.of("a")))
                .isEqualTo(head + " on duplicate key update `a` = values(`a`)");
        assertThat(MYSQL.upsert("`s`.`t`", List.of("a")))
                .isEqualTo(head + " as arrived on duplicate key update `a` = arrived.`a`");
        assertThat(MYSQL.takeOver("t", "n", List.of("a"), List.of("old")))
                .isEqualTo("insert into t (`_key`, `a`) select s.`_key`, s.`a` from n s on duplicate key update"
                        + " t.`a` = s.`a`, t.`old` = null");
        assertThat(MARIADB.deleteGone("t", "n"))
                .isEqualTo("delete t from t t left join n s on s.`_key` = t.`_key` where s.`_key` is null");
        assertThat(MARIADB.quote("a`b")).isEqualTo("`a``b`");
        assertThat(MARIADB.create("t", "来自", NAME)).singleElement().asString().contains("comment '姓名''\\'");
    }

    @Test
    void textsGrowInPlaceAndOtherKindsBeginAnew() {
        Column text = new Column("a", "", new ItemType.Text(900), "mediumtext");
        Column day = new Column("a", "", new ItemType.Date(), "date");
        assertThat(MARIADB.retype("t", text, "varchar(255)"))
                .containsExactly("alter table t modify column `a` mediumtext null comment ''");
        assertThat(MARIADB.retype("t", NAME.getFirst(), "mediumtext")).isEmpty();
        assertThat(MARIADB.retype("t", day, "varchar(255)"))
                .containsExactly("alter table t drop column `a`, add column `a` date null comment ''");
        assertThat(POSTGRES.retype("t", day, "text"))
                .startsWith("alter table t drop column \"a\"", "alter table t add column \"a\" date");
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void whatLeavesTheMachineIsEncrypted(Engine engine) {
        Dialect sql = Dialect.of(engine);
        assertThat(sql.properties(at("10.0.0.7", engine)).toString()).containsPattern("=(require|trust|REQUIRED)[,}]");
        assertThat(sql.properties(at("127.0.0.1", engine)).toString())
                .doesNotContainPattern("=(require|trust|REQUIRED)[,}]");
        assertThat(sql.url(at("10.0.0.7", engine))).startsWith("jdbc:").contains("//10.0.0.7:7777/");
    }

    @Test
    void aReasonNeverQuotes() {
        SQLException error = new SQLException("Duplicate entry '530102199003071238' for key", "23000", 1062);
        assertThat(SqlReason.of(error)).contains("23000/1062").doesNotContain("5301");
        assertThat(SqlReason.of(new SQLException("x", "HY000", 1114))).contains("存储已满");
        assertThat(SqlReason.of(new SQLException("x"))).contains("refuses");
    }

    private static Receiver at(String host, Engine engine) {
        return new Receiver("r", "a", engine, host, 7777, "d", "s", "u", "env:P");
    }
}
