package io.tongdao.reconcile;

import io.tongdao.contract.dispute.IdentityRuling;
import io.tongdao.contract.dispute.Objection;
import io.tongdao.contract.dispute.Ruling;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Identity.Ruled;
import io.tongdao.reconcile.rule.Order;
import io.tongdao.reconcile.rule.Testimony;
import io.tongdao.runtime.Emission;
import io.tongdao.runtime.Hold;
import io.tongdao.runtime.Postponed;
import io.tongdao.runtime.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the claims about the subjects of one kind, and has a subject's golden records found anew when one of its claims changed, or when
 * somebody objected or ruled; once for many rows while snapshots are read. A record that is not newer than what is held, or a tombstone from a row that does not own its key, changes
 * nothing. Markers pass by.
 */
final class ReconcileSubject implements Processor<byte[], byte[], byte[], Emission> {
    private final Start start;
    private @Nullable Task task;

    /** Makes a task's parts from its context: stores, readers and writers belong to one task. */
    interface Start {
        Task begin(ProcessorContext<byte[], Emission> context);
    }

    /** Postpones a subject for a row that a snapshot read; false: its golden records are to be found at once. */
    interface Later {
        boolean postpone(byte[] subject, String topic, long time, long now);
    }

    /**
     * The parts of a task.
     *
     * @param veil what of it leaves no trace
     * @param readers source topic → how its records are read; other topics are about subjects of other kinds
     * @param bases source topic → the base databases that its dataset speaks to
     * @param all base databases by name
     * @param objections the topic of objections to this kind's golden records
     * @param rulings the topic of rulings about them
     * @param identities the topic of rulings about rows under review
     * @param protections the topic of what leaves no trace
     * @param hold whether nothing is found yet: the stage is rebuilt
     * @param seeds takes what the stage has to remember then
     * @param later takes subjects whose rows a snapshot reads
     * @param again has all subjects looked at once more, in its time: any may name a protected one
     * @param end what is to be done when the task goes
     */
    record Task(
            ProcessorContext<byte[], Emission> context,
            SubjectStore subjects,
            ClaimStore claims,
            Veil veil,
            Links links,
            Reviews reviews,
            Map<String, ClaimReader> readers,
            Map<String, List<GoldenRecords>> bases,
            Map<String, GoldenRecords> all,
            String objections,
            String rulings,
            String identities,
            String protections,
            Hold hold,
            Seeds seeds,
            Later later,
            Runnable again,
            GoldenRecords.Out out,
            Runnable end) {

        /** Finds all golden records of a subject anew, and whose it is, by the clock and not by a source. */
        void anew(byte[] subject, long now) {
            // what began while the stage was held began when a source said so
            Instant at = hold.walking() ? claims.newest(subject) : null;
            Cause cause = new Cause(subject, at, now, now);
            links.anew(cause);
            settle(all.values(), cause);
            subjects.close();
        }

        /** Finds anew, once for all rows that came meanwhile, what their sources speak to. */
        void late(Postponed.Subject subject, long now) {
            Set<GoldenRecords> asked = new LinkedHashSet<>();
            subject.sources().forEach(topic -> asked.addAll(bases.getOrDefault(topic, List.of())));
            settle(asked, new Cause(subject.key().get(), null, subject.time(), now));
            subjects.close();
        }

        /** The same of one base database. */
        void anew(byte[] subject, String name, long now) {
            GoldenRecords base = all.get(name);
            if (base != null) {
                settle(List.of(base), Cause.clock(subject, now));
                subjects.close();
            }
        }

        /** Finds golden records anew from the rows that are heard; all of the subject's where rows are told apart. */
        void settle(Collection<GoldenRecords> asked, Cause cause) {
            if (hold.on()) {
                return;
            }
            Reviews.Heard heard = hear(cause);
            (heard.divided() ? all.values() : asked).forEach(base -> base.settle(heard, cause, out));
        }

        /** Takes an objection or a ruling about an item. */
        void order(GoldenRecords base, String item, UnaryOperator<Order> said, Cause cause) {
            if (hold.on()) {
                base.note(item, said, cause.subject());
                return;
            }
            Reviews.Heard heard = hear(cause);
            base.order(item, said, heard, cause, out);
            if (heard.divided()) {
                all.values().stream().filter(other -> other != base).forEach(other -> other.settle(heard, cause, out));
            }
        }

        /** Takes what the stage has to remember, and that all tasks have read everything. */
        void seed(Seed seed) {
            if (hold.takes(seed)) {
                switch (seed) {
                    case Seed.Known told -> seeds.take(told);
                    case Seed.Go go -> {
                        hold.release();
                        again.run();
                    }
                }
            }
        }

        /** How all rows stand to a subject's golden records, by base database; changes nothing. */
        Map<String, List<Testimony>> testimonies(byte[] subject) {
            Map<String, List<Testimony>> said = new LinkedHashMap<>();
            if (!links.away(subject)) {
                Map<String, List<Claim>> seen = veil.over(subjects.of(subject).text(), claims.all(subject))
                        .claims();
                Map<String, List<Claim>> heard = reviews.together(subject, seen);
                all.forEach((base, records) -> said.put(base, records.testimonies(subject, heard)));
            }
            subjects.close();
            return said;
        }

        Reviews.Heard hear(Cause cause) {
            boolean away = links.away(cause.subject());
            Veil.Seen seen = see(cause.subject(), away);
            Reviews.Heard heard = reviews.hear(seen, cause, out);
            return away ? new Reviews.Heard(Map.of(), true, seen.hidden()) : heard;
        }

        /** Rows that don't speak count where rows are hidden or told apart: another may speak then, or be about somebody else too. */
        private Veil.Seen see(byte[] about, boolean away) {
            String subject = subjects.of(about).text();
            if (away) {
                return veil.over(subject, Map.of());
            }
            ClaimStore.About said = claims.about(about);
            Veil.Seen seen = veil.over(subject, said.claims());
            boolean enough =
                    !said.partly() || (seen.hidden() != Veil.Hidden.SOME && !reviews.divides(about, seen.claims()));
            return enough ? seen : veil.over(subject, claims.all(about));
        }

        /** Takes what was decided about a protection: what it is about vanishes, or comes back, at once. */
        void protect(byte @Nullable [] value) {
            Protection decided = veil.take(value);
            if (decided == null) {
                return;
            }
            long now = context.currentSystemTimeMs();
            for (String subject : decided.subjects()) {
                Cause cause = Cause.clock(subject.getBytes(StandardCharsets.UTF_8), now);
                links.anew(cause);
                settle(all.values(), cause);
            }
            again.run();
        }
    }

    ReconcileSubject(Start start) {
        this.start = start;
    }

    @Override
    public void init(ProcessorContext<byte[], Emission> context) {
        task = start.begin(context);
    }

    @Override
    public void close() {
        if (task != null) {
            task.end.run();
        }
    }

    @Override
    public void process(Record<byte[], byte[]> input) {
        if (task == null) {
            throw new IllegalStateException("a record before the task began");
        }
        String topic = task.context.recordMetadata().orElseThrow().topic();
        if (topic.equals(task.objections)) {
            order(task, input, objected(input.value()));
        } else if (topic.equals(task.rulings)) {
            order(task, input, ruled(input.value()));
        } else if (topic.equals(task.identities)) {
            identify(task, input);
        } else if (topic.equals(task.protections)) {
            task.protect(input.value());
        } else if (topic.startsWith(Names.SEEDS)) {
            seed(task, input.value());
        } else if (!SubjectKey.isMarker(input.key())) {
            reconcile(task, topic, input);
        }
        task.subjects.close();
    }

    private static void reconcile(Task task, String topic, Record<byte[], byte[]> input) {
        ClaimReader reader = task.readers.get(topic);
        if (reader == null || !reader.about(input.key())) {
            return;
        }
        long now = task.context.currentSystemTimeMs();
        byte[] subject = ClaimKey.subject(input.key());
        ClaimStore.Change change = task.claims.take(reader, subject, input, now);
        if (change != null) {
            var cause = new Cause(subject, Lineage.at(input.headers()), input.timestamp(), now);
            task.links.changed(subject, change, cause);
            if (task.hold.on()) {
                return;
            }
            if (cause.at() == null && task.later.postpone(subject, topic, input.timestamp(), now)) {
                return;
            }
            task.settle(task.bases.getOrDefault(topic, List.of()), cause);
        }
    }

    /** Of stages of all kinds and of both that have any: only its own are for a task. */
    private static void seed(Task task, byte @Nullable [] value) {
        Seed seed = value == null ? null : Seed.decode(value);
        if (seed != null && seed.stage().equals(ReconcileStage.NAME)) {
            task.seed(seed);
        }
    }

    private static void identify(Task task, Record<byte[], byte[]> input) {
        byte[] subject = ClaimKey.subject(input.key());
        IdentityRuling ruling = input.value() == null ? null : IdentityRuling.FORMAT.decode(input.value());
        task.reviews.rule(
                subject, rest(input, subject), ruling == null ? null : new Ruled(ruling.decision(), ruling.compared()));
        task.settle(task.all.values(), cause(task, input, subject));
    }

    private static String rest(Record<byte[], byte[]> input, byte[] subject) {
        return new String(
                input.key(), subject.length + 1, input.key().length - subject.length - 1, StandardCharsets.UTF_8);
    }

    private static Cause cause(Task task, Record<byte[], byte[]> input, byte[] subject) {
        Instant at = Instant.ofEpochMilli(input.timestamp());
        return new Cause(subject, at, input.timestamp(), task.context.currentSystemTimeMs());
    }

    private static void order(Task task, Record<byte[], byte[]> input, UnaryOperator<Order> said) {
        byte[] subject = ClaimKey.subject(input.key());
        String rest = rest(input, subject);
        int bar = rest.indexOf('|');
        GoldenRecords base = task.all.get(rest.substring(0, bar));
        if (base != null) {
            task.order(base, rest.substring(bar + 1), said, cause(task, input, subject));
        }
    }

    private static UnaryOperator<Order> objected(byte @Nullable [] value) {
        String id = value == null ? "" : Objection.FORMAT.decode(value).id();
        return order -> order.objected(id);
    }

    private static UnaryOperator<Order> ruled(byte @Nullable [] value) {
        if (value == null) {
            return order -> order.ruled(null, "", "", "", "");
        }
        Ruling ruling = Ruling.FORMAT.decode(value);
        return order -> order.ruled(
                ruling.decision(),
                ruling.valueSet(),
                ruling.leading(),
                ruling.serve() == null ? "" : ruling.serve(),
                ruling.objection() == null ? "" : ruling.objection());
    }
}
