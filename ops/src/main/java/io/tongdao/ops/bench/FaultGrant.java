package io.tongdao.ops.bench;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A grant that is started and stopped again and again, an epoch with a topic of its own each time, and all that is known of it. */
final class FaultGrant {
    private final BenchServers servers;
    private final BenchGrants grants;
    private final Plan plan;
    private final Grant grant;
    private final Function<GenericRecord, @Nullable Map<String, Object>> shows;
    private final List<Epoch> epochs = new ArrayList<>();

    /** One epoch; what was written to its topic when all tasks had said that they stopped: -1 before that. */
    private static final class Epoch {
        private final Grant grant;
        private boolean stopped;
        private long end = -1;

        Epoch(Grant grant) {
            this.grant = grant;
        }
    }

    /** @param shows what it shows of a row; null: the row is outside its filter */
    FaultGrant(
            BenchServers servers,
            BenchGrants grants,
            Plan plan,
            Grant grant,
            Function<GenericRecord, @Nullable Map<String, Object>> shows) {
        this.servers = servers;
        this.grants = grants;
        this.plan = plan;
        this.grant = grant;
        this.shows = shows;
    }

    int epochs() {
        return epochs.size();
    }

    boolean flows() {
        return !epochs.isEmpty() && !epochs.getLast().stopped;
    }

    /** Begins a new epoch, whether the stage lives or not. */
    void start() throws InterruptedException {
        Epoch next = new Epoch(grant.atEpoch(epochs.size() + 1));
        grants.start(List.of(next.grant));
        BenchTopics.keepAll(servers.admin(), List.of(next.grant.topic()));
        epochs.add(next);
    }

    void stop() {
        epochs.getLast().stopped = true;
        grants.stop(List.of(epochs.getLast().grant));
    }

    /** Waits until all tasks have said that they stopped what is to be stopped, and remembers what was written by then. */
    void settle() {
        for (Epoch epoch : epochs) {
            if (epoch.stopped && epoch.end < 0) {
                grants.await(Ack.State.STOPPED, List.of(epoch.grant));
                epoch.end = written(epoch);
            }
        }
    }

    void filled() {
        grants.await(Ack.State.BACKFILLED, List.of(epochs.getLast().grant));
    }

    private long written(Epoch epoch) {
        return WholeHistory.readUncommitted(servers.admin(), epoch.grant.topic())
                .size();
    }

    /** Records on the topics of all epochs, with what marks the end of transactions, and what was not committed. */
    long written() {
        long written = 0;
        for (Epoch epoch : epochs) {
            try (TopicEnds ends = new TopicEnds(servers.admin(), epoch.grant.topic())) {
                written += ends.count();
            }
        }
        return written;
    }

    /** Committed records on the topics of all epochs. */
    int released() {
        return epochs.stream()
                .mapToInt(epoch ->
                        WholeHistory.read(servers.admin(), epoch.grant.topic()).size())
                .sum();
    }

    /** Holds all epochs against the source; what is wrong, never a key. */
    Set<String> check(WireFormat wire, LedgerHistory ledger) {
        var dataset = Objects.requireNonNull(plan.datasets().get(grant.table()));
        ReleasedHistory history = new ReleasedHistory(dataset, shows, wire);
        WholeHistory.read(servers.admin(), dataset.topic().name()).forEach(history::source);
        WireFormat.Reader reader =
                wire.reader(GrantPlan.compile(plan, grant).topic().schema());
        Function<byte[], Map<String, Object>> items = value -> items(reader.decode(value));
        Set<String> wrong = new TreeSet<>();
        for (Epoch epoch : epochs) {
            String topic = epoch.grant.topic();
            List<ConsumerRecord<byte[], byte[]>> released = WholeHistory.read(servers.admin(), topic);
            history.check(released, items, !epoch.stopped).forEach(what -> wrong.add(topic + ": " + what));
            ledger.check(epoch.grant, dataset.kind(), released).forEach(what -> wrong.add(topic + ": " + what));
            List<ConsumerRecord<byte[], byte[]>> all = WholeHistory.readUncommitted(servers.admin(), topic);
            if (!all.stream().allMatch(record -> history.allowed(record, items))) {
                wrong.add(topic + ": a record shows what the grant never allowed");
            }
            if (epoch.end >= 0 && all.size() > epoch.end) {
                wrong.add(topic + ": records after all tasks had said that they stopped");
            }
        }
        return wrong;
    }

    private Map<String, Object> items(GenericRecord record) {
        Map<String, Object> items = new HashMap<>();
        grant.items().keySet().forEach(item -> put(items, item, record.get(item)));
        return items;
    }

    static void put(Map<String, Object> items, String name, @Nullable Object value) {
        if (value != null) {
            items.put(name, value);
        }
    }
}
