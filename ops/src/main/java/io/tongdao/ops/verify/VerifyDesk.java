package io.tongdao.ops.verify;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.VerifyPlan;
import io.tongdao.contract.witness.Verification;
import io.tongdao.ops.verify.VerifyRefused.Why;
import io.tongdao.release.HeldRows;
import io.tongdao.release.mask.Tokens;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where values are verified under a grant (核实、比对, art. 33). Each question is judged by the limits, looked up, put on record and only then
 * answered, if the grant still runs in the task that holds the rows. One question after another: what is counted can't be overtaken.
 */
public final class VerifyDesk {
    private static final Logger LOG = LoggerFactory.getLogger(VerifyDesk.class);
    private final Held held;
    private final VerifyLog log;
    private final Tokens tokens;
    private final Suspending suspending;
    private final InstantSource clock;
    private final VerifyLimits limits = new VerifyLimits();

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
        log.since(clock.instant().minus(held.plan().verify().window())).forEach(limits::take);
    }

    /**
     * Answers in the order of the questions.
     *
     * @param by the person who acts, put on record
     * @throws VerifyRefused if nothing is answered
     */
    public synchronized List<Answered> ask(String grantId, String by, List<Question> questions) {
        Plan plan = held.plan();
        VerifyPlan terms = plan.verify();
        Grant grant = running(grantId);
        if (questions.isEmpty() || questions.size() > terms.batch()) {
            throw new VerifyRefused(Why.QUESTION, "一次 1 至 " + terms.batch() + " 个主体 ask about 1 to " + terms.batch()
                    + " subjects at once");
        }
        Asking asking = new Asking(plan, grant, held.wire(), clock.instant());
        List<Asking.Asked> asked = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            asked.add(asking.read(i, questions.get(i)));
        }
        if (!held.current(grant.table())) {
            throw unavailable();
        }
        List<Answered> answers = new ArrayList<>();
        for (Asking.Asked one : asked) {
            answers.add(answer(asking, one, by, terms));
        }
        if (!running(grantId).equals(grant)) {
            throw stopped();
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
        boolean allowed = limits.allows(terms, grant.consumer(), subject, one.stated().keySet())
                && limits.alarm(terms, grant.id(), grant.epoch()).isEmpty();
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
        limits.take(record);
        alarm(grant, terms);
        return new Answered(record.id(), found.items(), found.disputed());
    }

    private Asking.Found found(Asking asking, Asking.Asked one) {
        try {
            return asking.compare(one, asking.rows().of(task(asking, one), one.subject()));
        } catch (HeldRows.Unavailable e) {
            throw unavailable();
        }
    }

    /** The task of a subject, in which the grant runs. */
    private HeldRows.Task task(Asking asking, Asking.Asked one) {
        HeldRows rows = asking.rows();
        Optional<HeldRows.Task> task = held.task(rows.kind(), rows.partition(one.subject()));
        try {
            if (task.isEmpty()) {
                throw unavailable();
            }
            if (!rows.runs(task.get())) {
                throw stopped();
            }
            return task.get();
        } catch (HeldRows.Unavailable e) {
            throw unavailable();
        }
    }

    /** A grant as it stands, which verifies and flows, and that nothing has alarmed. */
    private Grant running(String id) {
        Grant grant = Optional.ofNullable(held.grants().get(id))
                .filter(Grant::verifies)
                .orElseThrow(() -> new VerifyRefused(Why.NO_GRANT, "该授权不提供核实 this grant does not verify"));
        Instant now = clock.instant();
        if (!GrantLife.flows(grant.status()) || now.isBefore(grant.from()) || grant.terms().over(now)) {
            throw stopped();
        }
        limits.at(now, held.plan().verify());
        if (!alarm(grant, held.plan().verify())) {
            return grant;
        }
        throw stopped();
    }

    /** Whether answers end here. Suspends the grant; one that can't be suspended now is at the next question. */
    private boolean alarm(Grant grant, VerifyPlan terms) {
        String reason = limits.alarm(terms, grant.id(), grant.epoch());
        if (reason.isEmpty()) {
            return false;
        }
        LOG.warn("grant {} is suspended: {}", grant.id(), reason);
        suspending.suspend(grant.id(), reason);
        return true;
    }

    /** The record as it is kept. */
    public List<Verification> record(Instant since) {
        return log.since(since);
    }

    /** Item → what an answer about it may say: whether only match and no_match. */
    public Map<String, Boolean> hidden(Grant grant) {
        return Asking.hidden(held.plan(), grant);
    }

    private static VerifyRefused stopped() {
        return new VerifyRefused(
                Why.NO_GRANT, "授权未生效、已中止或已到期，不予核实 the grant does not flow: it is not active, suspended or over");
    }

    private static VerifyRefused unavailable() {
        return new VerifyRefused(
                Why.UNAVAILABLE, "数据正在更新，暂不能核实 what is held is not up to date now, so nothing is said: ask again later");
    }
}
