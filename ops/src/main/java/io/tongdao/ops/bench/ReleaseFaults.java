package io.tongdao.ops.bench;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.release.LedgerKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/**
 * Kills the process that releases (kill -9) at seeded moments, while registers change and grants are started and stopped, and starts it again
 * each time. In the end each epoch's topic holds what the grant was to show, each change once and in order; no record, committed or not, shows
 * more than that; none came after all tasks had said that they stopped; and the release ledger has of each subject and epoch as many releases as
 * were committed.
 */
public final class ReleaseFaults {
    /** A page of the ledger waits for company for a second. */
    private static final Duration LAST_PAGE = Duration.ofSeconds(3);

    private static final Map<String, Mask> SOME = Map.of(
            "personal_si_no",
            Mask.KEEP,
            "insurance_type",
            Mask.KEEP,
            "citizen_id",
            Mask.KEEP,
            "enrol_status",
            Mask.KEEP,
            "last_paid_month",
            Mask.KEEP,
            "mobile",
            Mask.PHONE3_4);

    private final BenchServers servers;
    private final Path catalogue;
    private final Plan plan;
    private final StageKills.Load load;
    private final PrintWriter out;

    /**
     * What the kills led to.
     *
     * @param records of the registers
     * @param epochs of all grants
     * @param released records
     * @param wrong empty if nothing is lost, doubled, out of order, shown without a grant, or not in the ledger as it was
     */
    public record Outcome(int kills, int records, int epochs, int released, List<String> wrong) {
        public boolean holds() {
            return wrong.isEmpty();
        }
    }

    private ReleaseFaults(BenchServers servers, Path catalogue, StageKills.Load load, PrintWriter out) {
        this.servers = servers;
        this.catalogue = catalogue;
        this.plan = PlanSource.compileToRead(catalogue);
        this.load = load;
        this.out = out;
    }

    /** @param work an empty directory for servers, state and logs */
    public static Outcome run(Path work, Path catalogue, int kills, StageKills.Load load, PrintWriter out)
            throws IOException, InterruptedException {
        try (BenchServers servers = new BenchServers(work)) {
            return new ReleaseFaults(servers, catalogue, load, out).run(kills);
        }
    }

    private Outcome run(int kills) throws IOException, InterruptedException {
        servers.provision(plan);
        BenchTopics.keepAll(servers.admin(), StageOrder.topics(plan));
        try (RecordSender sender = new RecordSender(servers.admin(), 5);
                RecordSender orders = new RecordSender(servers.admin(), 5)) {
            RegisterLife life = new RegisterLife(
                    new RegisterRecords(plan, new WireFormat(servers.registry())), sender, load.seed());
            List<FaultGrant> grants = grants(new BenchGrants(servers, plan, orders));
            life.begin();
            StageKills stage = new StageKills(servers, catalogue, StageOrder.Measured.RELEASE, out);
            SplittableRandom random = new SplittableRandom(load.seed());
            try (SteadyLife steady = SteadyLife.start(life, load.rate())) {
                stage.run(kills, steady, load, back -> turn(grants, random, back), () -> written(grants));
            }
            sender.flush();
            try (StageChild last = stage.start()) {
                for (FaultGrant grant : grants) {
                    grant.settle();
                    if (!grant.flows()) {
                        grant.start();
                    }
                    grant.filled();
                }
                new StageWatch(last, "release", out).idle();
                Thread.sleep(LAST_PAGE);
            }
            WireFormat wire = new WireFormat(servers.registry());
            LedgerHistory ledger = ledger(wire);
            List<String> wrong = new ArrayList<>(ledger.check(Instant.now().minus(LAST_PAGE)));
            grants.forEach(grant -> wrong.addAll(grant.check(wire, ledger)));
            return new Outcome(
                    kills,
                    life.sent().size(),
                    grants.stream().mapToInt(FaultGrant::epochs).sum(),
                    released(grants),
                    wrong);
        }
    }

    private LedgerHistory ledger(WireFormat wire) {
        LedgerHistory ledger = new LedgerHistory(LedgerKey.tokens(StageOrder.KEYS));
        each(wire, ReleaseLedger.SUBJECTS, ledger::page);
        each(wire, ReleaseLedger.WINDOWS, ledger::window);
        return ledger;
    }

    private void each(WireFormat wire, Topic topic, Consumer<GenericRecord> taker) {
        WireFormat.Reader reader = wire.reader(topic.schema());
        WholeHistory.read(servers.admin(), topic.name()).forEach(record -> taker.accept(reader.decode(record.value())));
    }

    /** Starts what is stopped and stops what flows, now and then; what was stopped before a kill has to be stopped after it. */
    private static void turn(List<FaultGrant> grants, SplittableRandom random, boolean back)
            throws InterruptedException {
        for (FaultGrant grant : grants) {
            if (back) {
                grant.settle();
            }
            if (!grant.flows()) {
                grant.start();
            } else if (random.nextInt(3) == 0) {
                grant.stop();
                if (back && random.nextBoolean()) {
                    grant.settle();
                }
            }
        }
    }

    private static long written(List<FaultGrant> grants) {
        return grants.stream().mapToLong(FaultGrant::written).sum();
    }

    private static int released(List<FaultGrant> grants) {
        return grants.stream().mapToInt(FaultGrant::released).sum();
    }

    private List<FaultGrant> grants(BenchGrants make) {
        Grant whole = make.whole("whole", Register.HOUSEHOLD);
        Grant insured = make.filtered("insured", Register.INSURANCE, SOME, "enrol_status == '1'");
        return List.of(
                new FaultGrant(servers, make, plan, whole, row -> {
                    Map<String, Object> items = new HashMap<>();
                    whole.items().keySet().forEach(item -> FaultGrant.put(items, item, row.get(item)));
                    return items;
                }),
                new FaultGrant(servers, make, plan, insured, ReleaseFaults::insured));
    }

    /** By the words of the grant, not by the stage's masks and filters. */
    private static @Nullable Map<String, Object> insured(GenericRecord row) {
        if (!"1".equals(row.get("enrol_status"))) {
            return null;
        }
        Map<String, Object> items = new HashMap<>();
        SOME.keySet().forEach(item -> FaultGrant.put(items, item, row.get(item)));
        items.computeIfPresent(
                "mobile", (item, number) -> number.toString().replaceFirst("(\\d{3})\\d{4}(\\d{4})", "$1****$2"));
        return items;
    }
}
