package io.tongdao.ops.explain;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.witness.Access;
import io.tongdao.ops.provision.DiscrepancyReader;
import io.tongdao.ops.provision.StageJournal;
import io.tongdao.reconcile.Explainer;
import io.tongdao.reconcile.Explanation;
import io.tongdao.reconcile.ReconcileStage;
import io.tongdao.reconcile.SubjectLog;
import io.tongdao.reconcile.rule.Discrepancy;
import io.tongdao.release.mask.Tokens;
import io.tongdao.runtime.StageRebuild;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Where golden records are explained. Each question is judged, put on record, and only then looked up. It needs the broker and the registry,
 * and no instance of any stage.
 */
public final class ExplainDesk {
    private static final Pattern IDENTITY = Pattern.compile("[a-z][a-z0-9_-]{0,62}(@[0-9]{6})?");
    private static final Duration SETTLING = Duration.ofMillis(300);
    private static final int LOOKS = 5;

    private final Settings settings;
    private final InstantSource clock;
    private final AccessLog record;

    /**
     * @param client how to reach the cluster as {@link io.tongdao.ops.provision.Principals#EXPLAIN}
     * @param valueSetKey reconciliation's
     * @param tokens of subjects on record: the installation's own, and nobody else's
     */
    public record Settings(
            Map<String, Object> client, Plan plan, WireFormat wire, SecretKey valueSetKey, Tokens tokens) {
        @Override
        public String toString() {
            return "Settings[***]";
        }
    }

    public ExplainDesk(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.record = new AccessLog(settings.client());
    }

    /** The tokens of subjects on the record of accesses. */
    public static Tokens tokens(byte[] master) {
        return Tokens.of(master, "audit", "access");
    }

    /** @throws ExplainRefused if it may not be answered; that is on record too */
    public Answer ask(Question question) {
        Optional<AskedSubject> subject = AskedSubject.parse(question.subject());
        Sight sight = judge(question, subject);
        Access access = access(question, subject, sight);
        record.append(access);
        return switch (sight) {
            case Sight.Refused refused -> throw new ExplainRefused(refused.reason());
            case Sight.Whole whole -> {
                settled();
                yield whole(subject.orElseThrow(), access);
            }
            case Sight.Own own -> {
                settled();
                yield own(subject.orElseThrow(), own, access);
            }
        };
    }

    /** What a stage holds that is being rebuilt is neither whole nor veiled yet. */
    private void settled() {
        try (StageJournal journal = new StageJournal(settings.client())) {
            StageRebuild last = journal.rebuild(ReconcileStage.NAME);
            if (last != null && last.phase() != StageRebuild.Phase.DONE) {
                throw new ExplainFailed(
                        "reconciliation is being rebuilt from its sources: ask again when ./tongdao status says that it"
                                + " is done");
            }
        }
    }

    private Sight judge(Question question, Optional<AskedSubject> subject) {
        if (unfit(question.reason()) || unfit(question.caseNumber()) || unfit(question.by())) {
            return new Sight.Refused(Reason.IDENTIFIER_IN_TEXT);
        }
        if (question.reason().isBlank()) {
            return new Sight.Refused(Reason.REASON_MISSING);
        }
        return subject.map(one -> Sight.of(settings.plan(), one.kind(), question.who(), question.caseNumber()))
                .orElse(new Sight.Refused(Reason.SUBJECT_INVALID));
    }

    private static boolean unfit(String text) {
        return AskedSubject.namedIn(text);
    }

    private Access access(Question question, Optional<AskedSubject> subject, Sight sight) {
        return new Access(
                UUID.randomUUID().toString(),
                clock.instant(),
                Access.EXPLAIN,
                IDENTITY.matcher(question.who()).matches() && !unfit(question.who()) ? question.who() : "?",
                kept(question.by()),
                kept(question.reason()),
                question.caseNumber().isBlank() ? null : kept(question.caseNumber()),
                subject.map(one -> one.kind().word()).orElse(""),
                subject.map(one -> settings.tokens().token(one.kind().word(), one.key()))
                        .orElse(""),
                sight.extent(),
                sight instanceof Sight.Refused refused ? refused.reason().code() : null);
    }

    /** A text on record, without what may not stand there. */
    private static String kept(String text) {
        return unfit(text) ? "?" : text.strip();
    }

    private Answer own(AskedSubject subject, Sight.Own sight, Access access) {
        Findings found = Findings.read(scan(), settings.plan(), subject);
        DiscrepancyReader reader = new DiscrepancyReader(settings.plan(), access.who());
        boolean issuer = settings.plan().agencies().containsKey(access.who());
        return new Answer.Own(
                access,
                subject.key(),
                sight.datasets(),
                found.log().rows(sight.datasets(), issuer),
                found.log().steps(sight.datasets(), issuer),
                found.discrepancies().stream()
                        .filter(Discrepancy::stands)
                        .filter(reader::may)
                        .toList(),
                found.reviews().stream().filter(reader::may).toList());
    }

    /** Looks again where the logs were read in the middle of a transaction of the stage. */
    private Answer whole(AskedSubject subject, Access access) {
        var explainer = new Explainer(settings.plan(), subject.kind(), settings.wire(), settings.valueSetKey());
        Findings found = Findings.read(scan(), settings.plan(), subject);
        Explanation explanation = explainer.explain(found.log());
        for (int look = 1; look < LOOKS && !explanation.exact(); look++) {
            pause();
            found = Findings.read(scan(), settings.plan(), subject);
            explanation = explainer.explain(found.log());
        }
        SubjectLog log = found.log();
        if (log.hidden()) {
            return Answer.Whole.nobody(access, subject.key(), explanation);
        }
        return new Answer.Whole(
                access,
                subject.key(),
                !log.empty(),
                explanation,
                found.discrepancies(),
                found.reviews(),
                found.objections(),
                found.rulings(),
                log.successor(),
                log.former());
    }

    private PartitionScan scan() {
        return new PartitionScan(settings.client());
    }

    private static void pause() {
        try {
            Thread.sleep(SETTLING);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
