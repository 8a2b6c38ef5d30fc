package io.tongdao.ops.ledger;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.witness.Access;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.contract.witness.ReleasedUnder;
import io.tongdao.contract.witness.Verification;
import io.tongdao.ops.explain.AccessLog;
import io.tongdao.ops.explain.AskedSubject;
import io.tongdao.release.mask.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the release ledger is asked (留痕, art. 28, 35). Each question is judged, put on record, and only then looked up. It needs the broker and
 * the registry, and no instance of any stage.
 */
public final class LedgerDesk {
    private static final Pattern IDENTITY = Pattern.compile("[a-z][a-z0-9_-]{0,62}(@[0-9]{6})?");
    private final Settings settings;
    private final InstantSource clock;
    private final AccessLog record;
    private final LedgerTopics topics;

    /**
     * @param client how to reach the cluster as {@link io.tongdao.ops.provision.Principals#LEDGER}
     * @param ledger tokens of subjects in the ledger
     * @param accesses tokens of subjects on the records of accesses and verifications
     * @param grants by id, as they are now
     */
    public record Settings(
            Map<String, Object> client,
            Plan plan,
            WireFormat wire,
            Tokens ledger,
            Tokens accesses,
            Supplier<? extends Map<String, Grant>> grants) {
        @Override
        public String toString() {
            return "Settings[***]";
        }
    }

    public LedgerDesk(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.record = new AccessLog(settings.client());
        this.topics = new LedgerTopics(settings.client());
    }

    /**
     * @param step the windows in which rows are told, where no subject is asked about
     * @param since only what was released in windows from then on, where no subject is asked about
     * @throws LedgerRefused if it may not be answered; that is on record too
     */
    public LedgerAnswer ask(LedgerQuestion question, LedgerStep step, Instant since) {
        Optional<AskedSubject> subject = Optional.ofNullable(question.subject()).flatMap(AskedSubject::parse);
        LedgerSight sight = judge(question, subject);
        Access access = access(question, subject, sight);
        record.append(access);
        return switch (sight) {
            case LedgerSight.Refused refused -> throw new LedgerRefused(refused.reason());
            case LedgerSight.Own own -> answer(access, subject, step, since, under -> true);
            case LedgerSight.Whole whole -> answer(access, subject, step, since, under -> true);
            case LedgerSight.Provided provided -> answer(access, subject, step, since, of(provided.agencies()));
        };
    }

    private LedgerSight judge(LedgerQuestion question, Optional<AskedSubject> subject) {
        if (unfit(question.reason()) || unfit(question.caseNumber()) || unfit(question.by())) {
            return new LedgerSight.Refused(LedgerReason.IDENTIFIER_IN_TEXT);
        }
        if (question.reason().isBlank()) {
            return new LedgerSight.Refused(LedgerReason.REASON_MISSING);
        }
        LedgerSight sight =
                LedgerSight.of(settings.plan(), question.who(), question.subject() != null, question.caseNumber());
        boolean invalid = question.subject() != null && subject.isEmpty();
        return invalid && !(sight instanceof LedgerSight.Refused)
                ? new LedgerSight.Refused(LedgerReason.SUBJECT_INVALID)
                : sight;
    }

    private Predicate<ReleasedUnder> of(Set<String> agencies) {
        LedgerProviders providers =
                new LedgerProviders(settings.plan(), settings.grants().get());
        return under -> providers.of(under).stream().anyMatch(agencies::contains);
    }

    private LedgerAnswer answer(
            Access access,
            Optional<AskedSubject> subject,
            LedgerStep step,
            Instant since,
            Predicate<ReleasedUnder> seen) {
        LedgerSums sums = new LedgerSums(seen);
        if (subject.isEmpty()) {
            read(
                    ReleaseLedger.WINDOWS,
                    List.of(new TopicPartition(Names.RELEASES, 0)),
                    window -> sums.window(window, step, since));
            return new LedgerAnswer.OfGrants(access, sums.released());
        }
        AskedSubject one = subject.get();
        String token = settings.ledger().token(one.kind().word(), one.key());
        read(ReleaseLedger.SUBJECTS, partitions(one), page -> sums.page(page, token));
        boolean all = !access.who().startsWith(LedgerSight.AUTHORITY + "@");
        if (all) {
            verifications(access.subject(), sums);
        }
        return new LedgerAnswer.OfSubject(access, sums.received(), sums.verified());
    }

    /** Where the tasks that hold its rows write, whatever the kinds of the tables. */
    private List<TopicPartition> partitions(AskedSubject subject) {
        byte[] key = subject.key().getBytes(StandardCharsets.UTF_8);
        return settings.plan().partitions().values().stream()
                .map(count -> ReleaseLedger.partition(SubjectKey.partition(key, count)))
                .distinct()
                .map(partition -> new TopicPartition(Names.SUBJECT_RELEASES, partition))
                .toList();
    }

    private void read(Topic topic, List<TopicPartition> partitions, Consumer<GenericRecord> each) {
        WireFormat.Reader reader = settings.wire().reader(topic.schema());
        topics.read(partitions, value -> each.accept(reader.decode(value)));
    }

    private void verifications(String token, LedgerSums sums) {
        topics.read(List.of(new TopicPartition(Names.VERIFICATIONS, 0)), value -> {
            Verification one = Verification.FORMAT.decode(value);
            if (one.subject().equals(token) && !refused(one)) {
                sums.verification(one);
            }
        });
    }

    /** The attempts were used up: nothing was compared. */
    private static boolean refused(Verification one) {
        return one.answers().values().stream().allMatch("refused"::equals);
    }

    private static boolean unfit(String text) {
        return AskedSubject.namedIn(text);
    }

    private Access access(LedgerQuestion question, Optional<AskedSubject> subject, LedgerSight sight) {
        return new Access(
                UUID.randomUUID().toString(),
                clock.instant(),
                Access.LEDGER,
                IDENTITY.matcher(question.who()).matches() && !unfit(question.who()) ? question.who() : "?",
                kept(question.by()),
                kept(question.reason()),
                question.caseNumber().isBlank() ? null : kept(question.caseNumber()),
                subject.map(one -> one.kind().word()).orElse(""),
                subject.map(one -> settings.accesses().token(one.kind().word(), one.key()))
                        .orElse(""),
                sight.extent(),
                sight instanceof LedgerSight.Refused refused ? refused.reason().code() : null);
    }

    /** A text on record, without what may not stand there. */
    private static String kept(String text) {
        return unfit(text) ? "?" : text.strip();
    }
}
