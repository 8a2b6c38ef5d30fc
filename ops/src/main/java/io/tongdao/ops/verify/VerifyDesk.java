package io.tongdao.ops.verify;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.VerifyPlan;
import io.tongdao.contract.witness.Verification;
import io.tongdao.ops.verify.VerifyRefused.Why;
import io.tongdao.release.HeldRows;
import io.tongdao.release.mask.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where values are verified under a grant (核实、比对, art. 33). Each question is judged by the limits, looked up, put on record and only then
 * answered, if the grant still runs in the task that holds the rows. One question after another: what is counted can't be overtaken.
 */
public final class VerifyDesk {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyDesk.class);
    /** So long a question waits for those before it. */
    private static final Duration TURN = Duration.ofSeconds(10);

    private final Held held;
    private final VerifyLog log;
    private final Tokens tokens;
    private final Suspending suspending;
    private final InstantSource clock;
    private final VerifyLimits limits = new VerifyLimits();
    private final ReentrantLock one = new ReentrantLock(true);

    /** Suspends a grant, on record, until the authority resumes it. */
    @FunctionalInterface
    public interface Suspending {
        void suspend(String grant, String reason);
    }

    /**
     * Counts what is on record; each question may be asked from then on.
     *
     * @param tokens of subjects on record: the installation's own, and nobody else's
     */
    public VerifyDesk(Held held, VerifyLog log, Tokens tokens, Suspending suspending, InstantSource clock) {
        this.held = held;
        this.log = log;
        this.tokens = tokens;
        this.suspending = suspending;
        this.clock = clock;
        VerifyPlan terms = held.plan().verify();
        log.since(clock.instant().minus(terms.window()), one -> limits.take(one, terms));
    }

    /**
     * Answers in the order of the questions.
     *
     * @param by the person who acts, put on record
     * @throws VerifyRefused if nothing is answered
     */
    public List<Answered> ask(String grantId, String by, List<Question> questions) {
        if (!turn()) {
            throw VerifyRefused.unavailable();
        }
        try {
            return answers(grantId, by, questions);
        } finally {
            one.unlock();
        }
    }

    private boolean turn() {
        try {
            return one.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private List<Answered> answers(String grantId, String by, List<Question> questions) {
        Plan plan = held.plan();
        VerifyPlan terms = plan.verify();
        Grant grant = running(grantId);
        if (questions.isEmpty() || questions.size() > terms.batch()) {
            throw new VerifyRefused(
                    Why.QUESTION,
                    "一次 1 至 " + terms.batch() + " 个主体 ask about 1 to " + terms.batch() + " subjects at once");
        }
        Asking asking = new Asking(plan, grant, held.wire(), clock.instant());
        List<Asking.Asked> asked = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            asked.add(asking.read(i, questions.get(i)));
        }
        if (!held.current(grant.table())) {
            throw VerifyRefused.unavailable();
        }
        List<Answered> answers = new ArrayList<>();
        for (Asking.Asked one : asked) {
            answers.add(answer(asking, one, by, terms));
        }
        if (!running(grantId).equals(grant)) {
            throw VerifyRefused.stopped();
        }
        for (Asking.Asked one : asked) {
            task(asking, one);
        }
        return answers;
    }

    private Answered answer(Asking asking, Asking.Asked one, String by, VerifyPlan terms) {
        Grant grant = asking.grant();
        Instant now = clock.instant();
        String subject = tokens.token(one.kind().word(), one.subject());
        limits.at(now, terms);
        boolean allowed =
                limits.allows(terms, grant.consumer(), subject, one.stated().keySet())
                        && limits.alarm(grant.id(), grant.epoch()).isEmpty();
        Asking.Found found = allowed ? found(asking, one) : Asking.Found.refused(one);
        Verification record = new Verification(
                UUID.randomUUID().toString(),
                now,
                grant.id(),
                grant.epoch(),
                grant.consumer(),
                by,
                one.kind().word(),
                subject,
                found.words());
        log.append(record);
        limits.take(record, terms);
        return new Answered(record.id(), found.items(), found.disputed());
    }

    private Asking.Found found(Asking asking, Asking.Asked one) {
        try {
            return asking.compare(one, asking.rows().of(task(asking, one), one.subject()));
        } catch (HeldRows.Unavailable e) {
            throw VerifyRefused.unavailable();
        }
    }

    /** The task of a subject, in which the grant runs. */
    private HeldRows.Task task(Asking asking, Asking.Asked one) {
        HeldRows rows = asking.rows();
        Optional<HeldRows.Task> task = held.task(rows.kind(), rows.partition(one.subject()));
        try {
            if (task.isEmpty()) {
                throw VerifyRefused.unavailable();
            }
            if (!rows.runs(task.get())) {
                throw VerifyRefused.stopped();
            }
            return task.get();
        } catch (HeldRows.Unavailable e) {
            throw VerifyRefused.unavailable();
        }
    }

    /** A grant as it stands, which verifies and flows; one that raised an alarm is suspended here, also if a crash came between. */
    private Grant running(String id) {
        Grant grant = Optional.ofNullable(held.grants().get(id))
                .filter(Grant::verifies)
                .orElseThrow(() -> new VerifyRefused(Why.NO_GRANT, "该授权不提供核实 this grant does not verify"));
        Instant now = clock.instant();
        if (!GrantLife.flows(grant.status())
                || now.isBefore(grant.from())
                || grant.terms().over(now)) {
            throw VerifyRefused.stopped();
        }
        String alarm = limits.alarm(grant.id(), grant.epoch());
        if (alarm.isEmpty()) {
            return grant;
        }
        LOG.warn("grant {} is suspended: {}", grant.id(), alarm);
        suspending.suspend(grant.id(), alarm);
        throw VerifyRefused.stopped();
    }

    /**
     * The record as it is kept, in its order.
     *
     * @param wanted which of them
     * @param most only the newest so many
     */
    public List<Verification> record(Instant since, Predicate<Verification> wanted, int most) {
        Deque<Verification> found = new ArrayDeque<>();
        log.since(since, one -> {
            if (wanted.test(one)) {
                found.addLast(one);
                if (found.size() > most) {
                    found.removeFirst();
                }
            }
        });
        return List.copyOf(found);
    }
}
