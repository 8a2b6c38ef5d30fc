package io.tongdao.reconcile;

import io.tongdao.contract.identity.SubjectKind;
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
    private final byte[] subject;
    private final byte[] prefix;
    private final Map<ClaimKey, Held> held = new LinkedHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, GoldenState> golden = new HashMap<>();
    private final Map<Bytes, Protection> protections = new HashMap<>();
    private ReviewState reviews = ReviewState.NONE;
    private LinkState links = LinkState.none();

    /** The logs that are read. */
    public enum Log {
        CLAIMS(ReconcileTopology.CLAIMS),
        GOLDEN(ReconcileTopology.GOLDEN),
        REVIEWS(ReconcileTopology.REVIEWS),
        LINKS(ReconcileTopology.LINKS),
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

    /** @param subject the subject part of its keys */
    public SubjectLog(SubjectKind kind, String subject) {
        this.kind = kind;
        this.subject = subject.getBytes(StandardCharsets.UTF_8);
        this.prefix = ClaimKey.prefix(this.subject).get();
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
        boolean own = key.length > prefix.length
                ? Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)
                : Arrays.equals(key, subject);
        if (!own) {
            return;
        }
        switch (log) {
            case CLAIMS -> {
                ClaimKey claim = ClaimKey.parse(Bytes.wrap(key), prefix.length);
                if (!claim.isSpeakers()) {
                    claim(claim, value, arrived);
                }
            }
            case GOLDEN ->
                golden(new String(key, prefix.length, key.length - prefix.length, StandardCharsets.UTF_8), value);
            case REVIEWS -> reviews = value == null ? ReviewState.NONE : ReviewState.decode(subject(), kind, value);
            case PROTECTIONS -> throw new IllegalStateException("protections are taken before");
            case LINKS -> links = value == null ? LinkState.none() : LinkState.decode(subject(), kind, value);
        }
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

    private void claim(ClaimKey key, byte @Nullable [] value, Instant arrived) {
        Held before = held.get(key);
        Held after = value == null ? null : HeldFormat.decode(key, value);
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

    private void golden(String base, byte @Nullable [] value) {
        if (value == null) {
            golden.remove(base);
        } else {
            golden.put(base, GoldenState.decode(value));
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
        return golden.getOrDefault(base, GoldenState.none(1));
    }

    ReviewState reviews() {
        return reviews;
    }

    /** The identifier that it has become; empty: none, or none that may be known. */
    public String successor() {
        Shield shield = shield();
        boolean secret = shield.hidesSubject(links.target()) || shield.hidesLink(subject(), links.target());
        return secret ? "" : links.target();
    }

    /** Whether it is all heard of another. */
    boolean away() {
        return !links.target().isEmpty();
    }

    /** The identifiers that have become it, as far as that may be known. */
    public Set<String> former() {
        Shield shield = shield();
        return links.became().keySet().stream()
                .filter(one -> !shield.hidesLink(subject(), one) && !shield.hidesSubject(one))
                .collect(Collectors.toUnmodifiableSet());
    }
}
