package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.protect.Shield;
import io.tongdao.reconcile.rule.Claim;
import io.tongdao.reconcile.rule.Held;
import io.tongdao.runtime.Shields;
import io.tongdao.runtime.StreamsSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What reconciliation's own logs (the changelogs of its stores) hold about one subject: its state as it is committed, and the versions of its
 * claims that the logs still have. Whoever reads them needs no instance of the stage.
 */
public final class SubjectLog {
    private final SubjectKind kind;
    private final HeldFormat format;
    private final byte[] subject;
    private final byte[] prefix;
    private final Map<ClaimKey, Held> held = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<Bytes, Protection> protections = new HashMap<>();
    private SubjectState state;
    private boolean begun;

    /** The logs that are read. */
    public enum Log {
        SUBJECTS(ReconcileTopology.SUBJECTS),
        /** Of all subjects: a row about this one may name another that is protected. */
        PROTECTIONS(ReconcileTopology.PROTECTIONS);

        private final String store;

        Log(String store) {
            this.store = store;
        }

        /** Its topic; a subject's entries are in the partition that all topics of its kind have it in. */
        public String topic(SubjectKind kind) {
            return StreamsSettings.applicationId(ReconcileStage.NAME) + "-" + store + "-" + kind.word() + "-changelog";
        }
    }

    /**
     * A row said something else of the subject than before, or was gone.
     *
     * @param arrived when it came to the exchange
     * @param before none: nothing that the log still has
     * @param after none: the row is gone, or is about somebody else
     */
    public record Step(
            Instant arrived,
            @Nullable Claim before,
            @Nullable Claim after) {
        public String dataset() {
            Claim claim = after == null ? before : after;
            return claim == null ? "" : claim.dataset();
        }

        /** Whether the row was written about a former identifier of the subject. */
        public boolean moved() {
            Claim claim = after == null ? before : after;
            return claim != null && claim.moved();
        }

        @Override
        public String toString() {
            return "Step[" + dataset() + " ***]";
        }
    }

    /**
     * @param plan names what state has
     * @param subject the subject part of its keys
     */
    public SubjectLog(Plan plan, SubjectKind kind, String subject) {
        this(StateNames.of(plan, kind), kind, subject);
    }

    SubjectLog(StateNames names, SubjectKind kind, String subject) {
        this.kind = kind;
        this.format = new HeldFormat(names);
        this.subject = subject.getBytes(StandardCharsets.UTF_8);
        this.prefix = ClaimKey.prefix(this.subject).get();
        this.state = new SubjectState(kind, this.subject, format);
    }

    /** By topic. */
    public static Map<String, Log> topics(SubjectKind kind) {
        Map<String, Log> topics = new HashMap<>();
        for (Log log : Log.values()) {
            topics.put(log.topic(kind), log);
        }
        return topics;
    }

    /** Takes an entry in the order of its log, if it is about the subject, or protects any. */
    public void take(Log log, byte[] key, byte @Nullable [] value, Instant arrived) {
        if (log == Log.PROTECTIONS) {
            protect(key, value);
            return;
        }
        if (key.length < prefix.length || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
            return;
        }
        if (key.length == prefix.length) {
            subject(value, arrived);
            return;
        }
        ClaimKey row = ClaimKey.parse(Bytes.wrap(key), prefix.length);
        if (value != null) {
            claim(row, format.decode(row, value), arrived);
        } else if (state.apart(row.dataset())) {
            claim(row, null, arrived);
        }
    }

    /**
     * Rows that lie apart have entries of their own, written before this one says so. A subject begins with one row: where the first entry has
     * several, the log knows no longer when each of them came, and history begins with them.
     */
    private void subject(byte @Nullable [] value, Instant arrived) {
        state = value == null
                ? new SubjectState(kind, subject, format)
                : SubjectState.decode(kind, subject, value, format);
        boolean known = begun || !held.isEmpty() || state.rows() < 2;
        begun = true;
        if (!known) {
            state.each(held::put);
            return;
        }
        for (ClaimKey gone : List.copyOf(held.keySet())) {
            if (!state.apart(gone.dataset()) && state.held(gone) == null) {
                claim(gone, null, arrived);
            }
        }
        state.each((row, now) -> claim(row, now, arrived));
    }

    private void protect(byte[] key, byte @Nullable [] value) {
        if (Shields.counts(key)) {
            return;
        }
        Bytes about = Bytes.wrap(key);
        if (value == null) {
            protections.remove(about);
        } else {
            protections.put(about, Protection.FORMAT.decode(value));
        }
    }

    /** What leaves no trace. */
    Shield shield() {
        return new Shield(protections.values());
    }

    private void claim(ClaimKey key, @Nullable Held after, Instant arrived) {
        Held before = held.get(key);
        if (after == null) {
            held.remove(key);
        } else {
            held.put(key, after);
        }
        Claim old = before == null ? null : before.claim();
        Claim now = after == null ? null : after.claim();
        boolean same = old == null || now == null ? old == now : old.says(now);
        if (!same) {
            steps.add(new Step(arrived, old, now));
        }
    }

    public String subject() {
        return new String(subject, StandardCharsets.UTF_8);
    }

    /** Whether nobody says anything about it that may be known. */
    public boolean empty() {
        return Veil.over(shield(), subject(), claims()).claims().isEmpty();
    }

    /** Whether nobody may know of it. */
    public boolean hidden() {
        return shield().hidesSubject(subject());
    }

    /** In the order in which they were written. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /**
     * What datasets say of it under this very identifier.
     *
     * @param issuer whether their providers ask: what leaves no trace does so for everybody else
     */
    public List<Claim> rows(Set<String> datasets, boolean issuer) {
        Map<String, List<Claim>> seen =
                issuer ? claims() : Veil.over(shield(), subject(), claims()).claims();
        return seen.values().stream()
                .flatMap(List::stream)
                .filter(claim -> datasets.contains(claim.dataset()) && !claim.moved())
                .sorted(Comparator.comparing(Claim::dataset).thenComparing(Claim::row))
                .toList();
    }

    /** The steps of such rows, in the order in which they were written. */
    public List<Step> steps(Set<String> datasets, boolean issuer) {
        Shield shield = shield();
        return steps.stream()
                .filter(step -> datasets.contains(step.dataset()) && !step.moved())
                .filter(step -> issuer || !(hides(shield, step.before()) || hides(shield, step.after())))
                .toList();
    }

    private boolean hides(Shield shield, @Nullable Claim claim) {
        return claim != null && Veil.hides(shield, subject(), claim);
    }

    /** Dataset → all rows, in lists that may be sorted. */
    Map<String, List<Claim>> claims() {
        Map<String, List<Claim>> claims = new HashMap<>();
        held.values().forEach(one -> {
            Claim claim = one.claim();
            if (claim != null) {
                claims.computeIfAbsent(claim.dataset(), dataset -> new ArrayList<>(1))
                        .add(claim);
            }
        });
        return claims;
    }

    GoldenState golden(String base) {
        GoldenState golden = state.golden(base);
        return golden == null ? GoldenState.none(1) : golden;
    }

    ReviewState reviews() {
        return state.reviews();
    }

    /** The identifier that it has become; empty: none, or none that may be known. */
    public String successor() {
        Shield shield = shield();
        String target = state.target();
        boolean secret = shield.hidesSubject(target) || shield.hidesLink(subject(), target);
        return secret ? "" : target;
    }

    /** Whether it is all heard of another. */
    boolean away() {
        return !state.target().isEmpty();
    }

    /** The identifiers that have become it, as far as that may be known. */
    public Set<String> former() {
        Shield shield = shield();
        return state.links().became().keySet().stream()
                .filter(one -> !shield.hidesLink(subject(), one) && !shield.hidesSubject(one))
                .collect(Collectors.toUnmodifiableSet());
    }
}
