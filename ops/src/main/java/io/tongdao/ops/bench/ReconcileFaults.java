package io.tongdao.ops.bench;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.reconcile.rule.ClaimTypes;
import io.tongdao.reconcile.rule.Reconciler;
import io.tongdao.reconcile.rule.ValueSets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Kills the process that reconciles (kill -9) at seeded moments, while registers change, and starts it again each time. In the end the topics
 * hold what was sent, and the whole history of golden records and discrepancies is one that the sources' orders give ({@link GoldenHistory}).
 */
public final class ReconcileFaults {
    private static final String BASE = "population";
    private final BenchServers servers;
    private final Path catalogue;
    private final Plan plan;
    private final StageKills.Load load;
    private final PrintWriter out;

    /**
     * What the kills led to.
     *
     * @param records sent, each counted once
     * @param duplicates records that were sent again
     * @param golden records in the history
     * @param discrepancies opened and closed
     * @param wrong empty if nothing is lost, doubled or out of order
     */
    public record Outcome(
            int kills, int records, int duplicates, int subjects, int golden, int discrepancies, List<String> wrong) {
        public boolean holds() {
            return wrong.isEmpty();
        }
    }

    private ReconcileFaults(BenchServers servers, Path catalogue, StageKills.Load load, PrintWriter out) {
        this.servers = servers;
        this.catalogue = catalogue;
        this.plan = PlanSource.compileToRead(catalogue).on(LocalDate.now(ZoneId.of("Asia/Shanghai")));
        this.load = load;
        this.out = out;
    }

    /** @param work an empty directory for servers, state and logs */
    public static Outcome run(Path work, Path catalogue, int kills, StageKills.Load load, PrintWriter out)
            throws IOException, InterruptedException {
        try (BenchServers servers = new BenchServers(work)) {
            return new ReconcileFaults(servers, catalogue, load, out).run(kills);
        }
    }

    private Outcome run(int kills) throws IOException, InterruptedException {
        servers.provision(plan);
        List<String> kept = new ArrayList<>(StageOrder.topics(plan));
        kept.addAll(List.of(base().topic().name(), Names.DISCREPANCIES, Names.REVIEWS));
        BenchTopics.keepAll(servers.admin(), kept);
        try (RecordSender sender = new RecordSender(servers.admin(), 5)) {
            var records = new RegisterRecords(plan, new WireFormat(servers.registry()));
            RegisterLife life = new RegisterLife(records, sender, load.seed());
            life.begin();
            var stage = new StageKills(servers, catalogue, StageOrder.Measured.RECONCILE, out);
            try (SteadyLife steady = SteadyLife.start(life, load.rate())) {
                stage.run(kills, steady, load, StageKills.Meanwhile.NOTHING, this::goldenRecords);
            }
            sender.flush();
            try (StageChild last = stage.start()) {
                new StageWatch(last, "reconcile", out).idle();
            }
            return check(kills, life);
        }
    }

    /** With what marks the end of transactions, and what was not committed. */
    private long goldenRecords() {
        try (TopicEnds ends = new TopicEnds(servers.admin(), base().topic().name())) {
            return ends.count();
        }
    }

    private Outcome check(int kills, RegisterLife life) {
        WireFormat wire = new WireFormat(servers.registry());
        List<String> wrong = new ArrayList<>();
        List<ClaimedRows> sources = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> src = new ArrayList<>();
        for (Register register : Register.values()) {
            var dataset = Objects.requireNonNull(plan.datasets().get(register.dataset()));
            ClaimedRows rows = new ClaimedRows(dataset, base(), wire);
            List<ConsumerRecord<byte[], byte[]>> records =
                    WholeHistory.read(servers.admin(), dataset.topic().name());
            records.forEach(rows::take);
            src.addAll(records);
            sources.add(rows);
        }
        wrong.addAll(arrived(life.sent(), src));
        Reconciler reconciler = new Reconciler(
                base(),
                plan.divisions(),
                new ValueSets(StageOrder.valueSets()),
                ClaimTypes.of(plan.datasets().values(), base().kind()));
        GoldenHistory history = new GoldenHistory(base(), reconciler, sources, wire);
        var golden = WholeHistory.read(servers.admin(), base().topic().name());
        golden.forEach(history::golden);
        var discrepancies = WholeHistory.read(servers.admin(), Names.DISCREPANCIES);
        discrepancies.forEach(history::discrepancy);
        if (!WholeHistory.read(servers.admin(), Names.REVIEWS).isEmpty()) {
            wrong.add("rows are under review, though none is about somebody else");
        }
        Set<String> subjects = new TreeSet<>();
        src.forEach(record -> subjects.add(SubjectKey.parse(record.key()).subject()));
        wrong.addAll(history.check(subjects));
        int duplicates = sources.stream().mapToInt(ClaimedRows::duplicates).sum();
        return new Outcome(
                kills, life.sent().size(), duplicates, subjects.size(), golden.size(), discrepancies.size(), wrong);
    }

    /** Whether the topics have all that was sent, by key in its order; what was sent again aside. */
    private static List<String> arrived(
            List<ProducerRecord<byte[], byte[]>> sent, List<ConsumerRecord<byte[], byte[]>> src) {
        Map<String, List<String>> expected = new HashMap<>();
        sent.forEach(record -> add(
                expected,
                record.topic(),
                record.key(),
                version(record.headers().lastHeader(Lineage.ROW).value(), record)));
        Map<String, List<String>> actual = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : src) {
            String version = text(record.headers().lastHeader(Lineage.ROW).value())
                    + text(record.headers().lastHeader(Lineage.POS).value())
                    + Arrays.hashCode(record.value());
            if (seen.add(record.topic() + text(record.key()) + version)) {
                add(actual, record.topic(), record.key(), version);
            }
        }
        return expected.equals(actual) ? List.of() : List.of("the src topics are not what was sent");
    }

    private static String version(byte[] row, ProducerRecord<byte[], byte[]> record) {
        return text(row) + text(record.headers().lastHeader(Lineage.POS).value()) + Arrays.hashCode(record.value());
    }

    private static void add(Map<String, List<String>> versions, String topic, byte[] key, String version) {
        versions.computeIfAbsent(topic + ' ' + text(key), one -> new ArrayList<>())
                .add(version);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private BasePlan base() {
        return Objects.requireNonNull(plan.bases().get(BASE));
    }
}
