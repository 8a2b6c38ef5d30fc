package io.tongdao.ops.demo;

import io.tongdao.collect.Reject;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.deliver.ReceiverLink;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableRights;
import io.tongdao.ops.exchange.EmbeddedKeys;
import io.tongdao.ops.exchange.Exchange;
import io.tongdao.ops.exchange.SampleProvince;
import io.tongdao.ops.exchange.SecretReferences;
import io.tongdao.ops.province.Check;
import io.tongdao.ops.province.Hands;
import io.tongdao.ops.province.LiveScript;
import io.tongdao.ops.province.Oracle;
import io.tongdao.ops.province.TableReader;
import io.tongdao.ops.province.Truth;
import io.tongdao.ops.province.Verify;
import io.tongdao.ops.provision.TopicContent;
import io.tongdao.reconcile.DiscrepancyFormat;
import io.tongdao.reconcile.rule.Discrepancy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the channel has made, held row by row against the agencies' databases and the generator's truth: tables, released
 * topics, the county's own database, discrepancies, quarantine.
 */
public final class Verification {
    private final Exchange exchange;
    private final Verify verify;
    private final List<Grant> grants;
    private final LakeQuery lake;
    private final WireFormat wire;

    public Verification(Exchange exchange, int people, boolean showValues) throws SQLException {
        this.exchange = exchange;
        this.wire = exchange.wire();
        this.grants = exchange.desk().list().values().stream()
                .filter(grant -> GrantLife.flows(grant.status()))
                .toList();
        EpochTokens tokens = new EpochTokens(
                EmbeddedKeys.tokens(exchange.parts().data()), exchange.desk().epochs());
        Oracle oracle = new Oracle(exchange.plan(), SampleProvince.databases(exchange.parts()), tokens);
        this.verify = Verify.against(oracle, grants, people, showValues);
        this.lake = LakeQuery.open(exchange.lake(), TableRights.ALL);
    }

    public List<Check> all(LiveScript script, int done) throws SQLException {
        List<Check> checks = tables();
        for (Grant grant : grants) {
            checks.add(verify.table("topic " + grant.topic(), grant.lakeTable(), topic(grant)));
        }
        grants.forEach(grant -> exchange.receiver(grant).ifPresent(receiver -> checks.add(delivered(grant, receiver))));
        Truth truth = script.truth(done).askedBy(exchange.plan());
        checks.add(verify.discrepancies(openDiscrepancies()));
        checks.add(verify.planted(truth));
        checks.add(verify.rejects(rejects()));
        checks.add(verify.plantedRejects(truth));
        return checks;
    }

    /** As many at a time as there are processors. */
    private List<Check> tables() throws SQLException {
        try (Hands hands = new Hands()) {
            return hands.all(
                    verify.names(),
                    table -> lake.query(select(table), rows -> verify.table(table, table, new ResultRows(rows))));
        }
    }

    /** Of a golden record's provenance the dataset of each item is compared. */
    private static String select(String table) {
        String sources = table.startsWith("base.")
                ? " replace (map_from_entries([struct_pack(k := e.key, v := e.value.dataset)"
                        + " for e in map_entries(_sources)]) as _sources)"
                : "";
        return "select *" + sources + " from " + table;
    }

    private Iterator<Map<String, @Nullable Object>> topic(Grant grant) {
        Schema schema = GrantPlan.compile(exchange.plan(), grant).topic().schema();
        WireFormat.Reader reader = wire.reader(schema);
        return TopicContent.read(exchange.parts().broker().adminSettings(), grant.topic()).entrySet().stream()
                .map(entry -> row(entry.getKey(), reader.decode(entry.getValue())))
                .iterator();
    }

    private static Map<String, @Nullable Object> row(String key, GenericRecord record) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put(TableReader.KEY, key);
        for (Schema.Field field : record.getSchema().getFields()) {
            row.put(field.name(), AvroValues.plain(field.schema(), record.get(field.pos())));
        }
        return row;
    }

    private Check delivered(Grant grant, Receiver receiver) {
        String name = "county database " + receiver.name();
        String password = SecretReferences.resolve(receiver.passwordRef());
        try (Connection connection = ReceiverLink.open(receiver, password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + ReceiverLink.table(receiver, grant.id()))) {
            return verify.table(name, grant.lakeTable(), new ResultRows(rows));
        } catch (SQLException e) {
            return new Check(name, 0, 0, 1, 0, 0, List.of("SQL state " + e.getSQLState()));
        }
    }

    private Set<Truth.Discrepancy> openDiscrepancies() {
        Set<Truth.Discrepancy> open = new TreeSet<>();
        TopicContent.read(exchange.parts().broker().adminSettings(), Names.DISCREPANCIES)
                .values()
                .forEach(value -> {
                    Discrepancy found = DiscrepancyFormat.FORMAT.decode(value);
                    if (found.stands()) {
                        open.add(new Truth.Discrepancy(found.subject(), found.item()));
                    }
                });
        return open;
    }

    private Map<String, Integer> rejects() {
        Map<String, Integer> rejects = new TreeMap<>();
        TopicContent.read(exchange.parts().broker().adminSettings(), Names.REJECTS)
                .values()
                .forEach(value -> {
                    Reject reject = Reject.parse(value);
                    rejects.merge(reject.dataset() + "." + reject.item(), 1, Integer::sum);
                });
        return rejects;
    }
}
