package io.tongdao.ops.provision;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tongdao.contract.catalogue.CatalogueArchive;
import io.tongdao.contract.catalogue.CatalogueProgress;
import io.tongdao.contract.catalogue.CatalogueVersion;
import io.tongdao.contract.change.Change;
import io.tongdao.contract.change.GrantEffects;
import io.tongdao.contract.change.PlanDiff;
import io.tongdao.contract.change.References;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import io.tongdao.release.ReleaseCheck;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Where a catalogue is judged against the one in force, and published (art. 14, 16). What is to be done about it does the running exchange, which
 * follows {@code ctl.catalogue}.
 */
public final class CatalogueDesk implements AutoCloseable {
    private static final int CHUNK = 512 * 1024;
    private final Map<String, Object> client;
    private final InstantSource clock;
    private final CatalogueJournal journal;

    /** @param client how to reach the cluster as {@link Principals#DECIDE} */
    public CatalogueDesk(Map<String, Object> client, InstantSource clock) {
        this.client = Map.copyOf(client);
        this.clock = clock;
        this.journal = new CatalogueJournal(client);
    }

    /** The journal, read to its end. */
    public CatalogueJournal journal() {
        journal.toEnd();
        return journal;
    }

    /** All differences: those of the plans, what the registry has against it, and what it does to grants that flow. */
    public PlanDiff review(Plan now, Plan next, SchemaRegistryClient registry) {
        PlanDiff diff = PlanDiff.between(now, next);
        List<Change> more = new ArrayList<>();
        if (diff.refusals().isEmpty()) {
            more.addAll(new SchemaHistory(registry).against(now, next));
            Collection<Grant> grants = new GrantDesk(client, now, clock).list().values();
            effects(now, next).of(grants).forEach(effect -> more.add(new Change.GrantTouched(effect)));
        }
        return diff.with(more);
    }

    /** What a change of plan does to grants, by the whole check that a grant has to pass. */
    public static GrantEffects effects(Plan now, Plan next) {
        return new GrantEffects(now, next, CatalogueDesk::problems);
    }

    private static List<String> problems(Plan plan, Grant grant) {
        List<String> problems = new ArrayList<>(ReleaseCheck.check(plan, grant));
        if (problems.isEmpty()) {
            ReleaseCheck.missingApprovals(plan, grant)
                    .forEach(agency -> problems.add("the approval of " + agency + " is missing"));
        }
        return problems;
    }

    /**
     * Publishes a catalogue as the next version.
     *
     * @param follows the version that it was judged against, 0 for the first
     * @throws ApplyRefused if another version was published meanwhile
     */
    public CatalogueVersion publish(
            int follows, CatalogueArchive.Packed packed, String author, String note, References references) {
        List<byte[]> parts = parts(packed.bytes());
        CatalogueVersion version = new CatalogueVersion(
                follows + 1,
                packed.digest(),
                author,
                note,
                references.consultation(),
                references.filing(),
                clock.instant(),
                parts.size());
        journal.publish(version, parts);
        return version;
    }

    /** How far the exchange is; waits for nothing. */
    public CatalogueProgress progress() {
        return journal().progress().orElseGet(() -> CatalogueProgress.inForce(0, Instant.EPOCH));
    }

    private static List<byte[]> parts(byte[] bytes) {
        List<byte[]> parts = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += CHUNK) {
            parts.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + CHUNK)));
        }
        return parts;
    }

    @Override
    public void close() {
        journal.close();
    }
}
