package io.tongdao.ops.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Kills the process of a stage (kill -9) at seeded moments, while registers change, and starts it again each time. */
public final class StageKills {
    /** The last moment of a kill after the process was there again. */
    private static final int LATEST_MILLIS = 4000;

    /** Of load between two kills, at most. */
    private static final int SECONDS_A_KILL = 10;

    private final BenchServers servers;
    private final Path catalogue;
    private final StageOrder.Measured stage;
    private final PrintWriter out;
    private int starts;

    /**
     * What happens meanwhile.
     *
     * @param rate commits a second
     * @param seed of the moments and of what is committed
     */
    public record Load(int rate, long seed) {}

    /** What else is done while the process lives. */
    interface Meanwhile {
        Meanwhile NOTHING = back -> {};

        /** @param back whether it works already */
        void happens(boolean back) throws IOException, InterruptedException;
    }

    StageKills(BenchServers servers, Path catalogue, StageOrder.Measured stage, PrintWriter out) {
        this.servers = servers;
        this.catalogue = catalogue;
        this.stage = stage;
        this.out = out;
    }

    /** @param written records so far, for the one who watches */
    void run(int kills, SteadyLife steady, Load load, Meanwhile meanwhile, LongSupplier written)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(load.seed());
        for (int kill = 1; kill <= kills; kill++) {
            int moment = random.nextInt(LATEST_MILLIS);
            // Now and then before it has come back, while it restores and joins.
            boolean early = random.nextInt(4) == 0;
            long begin = System.nanoTime();
            steady.allow((long) load.rate() * SECONDS_A_KILL);
            try (StageChild child = start()) {
                long back = early ? 0 : back(child) - begin;
                meanwhile.happens(!early);
                Thread.sleep(moment);
                child.kill();
                out.printf(
                        Locale.ROOT,
                        "kill %2d %,5d ms after it was %s, %,d commits sent, %,d records written%n",
                        kill,
                        moment,
                        early ? "started" : "back, " + back / 1_000_000 + " ms after its start",
                        steady.steps(),
                        written.getAsLong());
                out.flush();
            }
        }
    }

    StageChild start() throws IOException {
        StageOrder order = new StageOrder(
                servers.admin(),
                servers.registryUrl(),
                catalogue.toString(),
                servers.work().resolve("state").resolve(stage.word()).toString(),
                stage);
        return StageChild.start(order, servers.work().resolve("logs").resolve(stage.word() + ++starts + ".log"));
    }

    private long back(StageChild child) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!child.figures().working()) {
            if (System.nanoTime() - begin > Duration.ofMinutes(2).toNanos()) {
                throw new BenchFailed(stage.word() + " did not come back within 2 minutes");
            }
            Thread.sleep(20);
        }
        return System.nanoTime();
    }
}
