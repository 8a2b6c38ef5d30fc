package io.tongdao.ops.exchange;

import io.tongdao.collect.CollectException;
import io.tongdao.contract.catalogue.CatalogueProgress;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.provision.GrantRefused;
import io.tongdao.ops.provision.ProvisionFailed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows {@code ctl.catalogue} and has each new version carried out; what can't be done at the moment is said there and tried again. */
public final class CatalogueFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogueFollower.class);
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private final CatalogueInForce catalogue;
    private final PlanMove move;
    private final Consumer<String> failed;
    private final Thread thread;
    private volatile CatalogueProgress progress;
    private volatile CatalogueVersion running;
    private volatile CatalogueVersion newest;
    private final InstantSource clock;
    private LocalDate day;
    private volatile boolean closing;
    private Instant next = Instant.MIN;

    private CatalogueFollower(
            CatalogueInForce catalogue, PlanMove move, Consumer<String> failed, InstantSource clock, LocalDate day) {
        this.catalogue = catalogue;
        this.move = move;
        this.failed = failed;
        this.clock = clock;
        this.day = day;
        this.progress = catalogue.progress();
        this.running = catalogue.version(progress.running());
        this.newest = catalogue.journal().newest().orElse(running);
        this.thread = Thread.ofPlatform().name("catalogue").unstarted(this::follow);
    }

    /**
     * @param catalogue handed over: used and closed by the follower's thread from now on
     * @param failed told why it ended, if by itself
     * @param clock says when a day begins
     * @param day whose rules the stages were started with
     */
    static CatalogueFollower start(
            CatalogueInForce catalogue, PlanMove move, Consumer<String> failed, InstantSource clock, LocalDate day) {
        CatalogueFollower follower = new CatalogueFollower(catalogue, move, failed, clock, day);
        follower.thread.start();
        return follower;
    }

    /** The version that the stages run on. */
    public CatalogueVersion running() {
        return running;
    }

    /** The newest version that is known. */
    public CatalogueVersion newest() {
        return newest;
    }

    /** How far the newest version is carried out. */
    public CatalogueProgress progress() {
        return progress;
    }

    private void follow() {
        try (catalogue) {
            while (!closing) {
                catalogue.journal().poll(WAIT);
                if (Instant.now().isAfter(next)) {
                    step();
                }
                look();
            }
        } catch (InterruptException e) {
            LOG.debug("closing");
        } catch (RuntimeException e) {
            LOG.error("the catalogue is not followed any more", e);
            failed.accept(
                    "the catalogue is not followed any more: " + e.getClass().getSimpleName());
        }
    }

    /** Rules of the catalogue may begin on a day. */
    private void day() {
        LocalDate today = CatalogueInForce.today(clock);
        if (!today.equals(day) && catalogue.progress().settled()) {
            move.newDay();
            day = today;
            if (!catalogue.progress().problem().isEmpty()) {
                catalogue.journal().write(catalogue.progress().finished(Instant.now()));
            }
        }
    }

    private void look() {
        newest = catalogue.journal().newest().orElse(newest);
        CatalogueProgress now = catalogue.progress();
        if (now != progress && !now.equals(progress)) {
            running = catalogue.version(now.running());
            progress = now;
        }
    }

    private void step() {
        try {
            move.run();
            day();
            next = Instant.MIN;
        } catch (MoveStuck
                | ProvisionFailed
                | CollectException
                | StartFailedException
                | GrantRefused
                | GrantLife.IllegalStep e) {
            stuck(String.valueOf(e.getMessage()));
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            stuck("the cluster does not answer: " + e.getClass().getSimpleName());
        }
    }

    private void stuck(String why) {
        next = Instant.now().plus(AGAIN);
        if (!why.equals(catalogue.progress().problem())) {
            LOG.warn("the catalogue can't be carried out at the moment, tried again: {}", why);
        }
        catalogue.journal().write(catalogue.progress().stuck(why, Instant.now()));
    }

    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(Duration.ofSeconds(30))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
