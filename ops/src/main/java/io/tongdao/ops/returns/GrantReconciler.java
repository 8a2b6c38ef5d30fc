package io.tongdao.ops.returns;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Delivery;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.protect.Shield;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.deliver.ReceiverLink;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.ops.provision.TopicContent;
import io.tongdao.release.ReleasableRows;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Counts a grant's rows where they come from and wherever they were delivered (art. 26): the source rows of its territory, its topic, its table, the
 * receiver's database. Keys are compared, not numbers alone, where both places have the same; a receiver that is not reached is an error.
 */
public final class GrantReconciler {
    private final Settings settings;
    private final Grant grant;

    /**
     * What it reads with.
     *
     * @param kafka reads the source and the released topic
     * @param shield what is protected, at each count
     * @param lake the tables
     * @param secret reference → secret
     */
    public record Settings(
            Map<String, Object> kafka,
            Plan plan,
            WireFormat wire,
            java.util.function.Supplier<Shield> shield,
            LakeQuery lake,
            Function<String, String> secret) {}

    public GrantReconciler(Settings settings, Grant grant) {
        this.settings = settings;
        this.grant = grant;
    }

    /** One count; the first line is the source, which is compared with nothing. */
    public List<Count> count() throws SQLException {
        List<Count> counts = new ArrayList<>();
        Set<String> source = source();
        String from = grant.territory().isEmpty() ? grant.table() : grant.table() + " " + grant.territory();
        counts.add(new Count("来源 source", from, source.size(), 0, 0));
        Set<String> released = released();
        boolean clear = grant.key() == Grant.KeyForm.CLEAR;
        counts.add(
                clear
                        ? Count.of("主题 topic", grant.topic(), released, source)
                        : Count.ofNumbers("主题 topic", grant.topic(), released.size(), source.size()));
        if (grant.delivery().contains(Delivery.TABLE)) {
            String select = "select _key from " + grant.lakeTable();
            counts.add(Count.of(
                    "数据表 table", grant.lakeTable(), settings.lake().query(select, GrantReconciler::keys), released));
        }
        if (grant.delivery().contains(Delivery.DATABASE)) {
            Receiver receiver = settings.plan().receiver(grant.consumer()).orElseThrow();
            counts.add(Count.of("数据库 database", receiver.name(), received(receiver), released));
        }
        return counts;
    }

    private Set<String> source() {
        ReleasableRows rows = new ReleasableRows(
                settings.plan(), grant, settings.wire(), settings.shield().get());
        TopicContent.each(
                settings.kafka(),
                GrantTable.of(settings.plan(), grant.table()).topic().name(),
                record -> rows.take(record.key(), record.headers(), record.value()));
        return rows.keys();
    }

    private Set<String> released() {
        Set<String> keys = new HashSet<>();
        TopicContent.each(settings.kafka(), grant.topic(), record -> {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                keys.remove(key);
            } else {
                keys.add(key);
            }
        });
        return keys;
    }

    private Set<String> received(Receiver receiver) throws SQLException {
        String password = settings.secret().apply(receiver.passwordRef());
        try (Connection connection = ReceiverLink.open(receiver, password);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select _key from " + ReceiverLink.table(receiver, grant.id()))) {
            return keys(rows);
        }
    }

    private static Set<String> keys(ResultSet rows) throws SQLException {
        Set<String> keys = new HashSet<>();
        while (rows.next()) {
            keys.add(rows.getString(1));
        }
        return keys;
    }
}
