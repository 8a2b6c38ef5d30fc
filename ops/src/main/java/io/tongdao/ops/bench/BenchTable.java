package io.tongdao.ops.bench;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.RecordSchemas;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** The benches' own table: 12 columns about people who do not exist, one row a person, keyed by citizen number. */
final class BenchTable {
    static final String TABLE = "public.person";
    static final int PARTITIONS = 3;
    private static final int BATCH = 10_000;
    private static final int DAYS = 20_000;
    private static final long FIRST_BIRTH = LocalDate.of(1950, 1, 1).toEpochDay();
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private BenchTable() {}

    /** The plan for one connection; its src topic bears the connection's name. */
    static Plan plan(Source source) {
        Map<String, ItemPlan> items = new LinkedHashMap<>();
        types().forEach((name, type) ->
                items.put(name, new ItemPlan(name, name, name, type, 2, Mask.KEEP, ShareClass.CONDITIONAL)));
        String agency = source.agency();
        Topic topic = new Topic(
                Names.src(agency, "person"),
                PARTITIONS,
                Policy.KEYED,
                RecordSchemas.src(agency, "person", "person", items.values()));
        String id = agency + ".person";
        DatasetPlan dataset = new DatasetPlan(
                id,
                agency,
                "person",
                "person",
                source.name(),
                TABLE,
                List.of(new SubjectPlan("", SubjectKind.PERSON, "cid", Map.of())),
                List.of(),
                "",
                items,
                topic);
        return new Plan(
                Map.of(id, dataset),
                Map.of(),
                Map.of(source.name(), source),
                Map.of(SubjectKind.PERSON, PARTITIONS),
                Map.of(),
                new Divisions(Map.of(), Map.of(), Map.of()),
                "bench");
    }

    private static Map<String, ItemType> types() {
        Map<String, ItemType> types = new LinkedHashMap<>();
        types.put("pk", new ItemType.BigInt());
        types.put("cid", new ItemType.CitizenIdType());
        types.put("name", new ItemType.Text(50));
        types.put("sex", new ItemType.Text(1));
        types.put("nation", new ItemType.Text(2));
        types.put("birth", new ItemType.Date());
        types.put("division", new ItemType.Text(6));
        types.put("address", new ItemType.Text(200));
        types.put("household", new ItemType.Text(20));
        types.put("status", new ItemType.Text(2));
        types.put("fee", new ItemType.Decimal(12, 2));
        types.put("changed", new ItemType.Timestamp());
        return types;
    }

    static void create(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("CREATE TABLE person (pk bigint PRIMARY KEY, cid varchar(20) NOT NULL UNIQUE,"
                    + " name varchar(50), sex char(1), nation varchar(2), birth date, division varchar(6),"
                    + " address varchar(200), household varchar(20), status varchar(2), fee numeric(12,2),"
                    + " changed timestamp)");
            statement.execute("ALTER TABLE person REPLICA IDENTITY FULL");
            statement.execute("CREATE PUBLICATION tongdao FOR TABLE person");
        }
    }

    /** Rows {@code from} to {@code to - 1}. */
    static void fill(Connection database, int from, int to) throws SQLException, IOException {
        for (int begin = from; begin < to; begin += BATCH) {
            StringBuilder rows = new StringBuilder(BATCH * 160);
            for (int i = begin; i < Math.min(to, begin + BATCH); i++) {
                row(i, rows);
            }
            database.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY person FROM STDIN", new StringReader(rows.toString()));
        }
    }

    private static void row(int i, StringBuilder out) {
        out.append(i)
                .append('\t')
                .append(citizen(i))
                .append("\t姓名")
                .append(i % 9973)
                .append('\t');
        out.append(i % 2 + 1).append("\t0").append(i % 9 + 1).append('\t');
        out.append(LocalDate.ofEpochDay(FIRST_BIRTH + i % DAYS)).append("\t530102\t云南省昆明市五华区人民中路");
        out.append(i % 997).append("号附").append(i % 31).append("号\t5301020").append(i % 100_003);
        out.append("\t10\t").append(i % 5000).append('.').append(10 + i % 90);
        out.append("\t2026-03-0")
                .append(1 + i % 9)
                .append(" 10:20:3")
                .append(i % 10)
                .append(".123456\n");
    }

    /** The birth date in a citizen number, epoch days. */
    static int birth(int serial) {
        return (int) FIRST_BIRTH + serial % DAYS;
    }

    /** A valid citizen number, another for each serial below 19 million. */
    static String citizen(int serial) {
        LocalDate birth = LocalDate.ofEpochDay(FIRST_BIRTH + serial % DAYS);
        int day = birth.getYear() * 10_000 + birth.getMonthValue() * 100 + birth.getDayOfMonth();
        int order = serial / DAYS;
        String body = "530102" + day + (order < 10 ? "00" : order < 100 ? "0" : "") + order;
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    /** Key and row of everything that the table has, as {@link CollectedTopic} gives them. */
    static Map<String, String> rows(Connection database) throws SQLException {
        Map<String, String> rows = new HashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery("SELECT cid, concat_ws('|', pk, cid, coalesce(name, ''), sex,"
                        + " nation, birth - DATE '1970-01-01', division, address, household, status, fee,"
                        + " (extract(epoch FROM changed) * 1000000)::bigint) FROM person")) {
            while (found.next()) {
                rows.put(found.getString(1), found.getString(2));
            }
        }
        return rows;
    }
}
