package io.tongdao.ops.incident;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.incident.Incident;
import io.tongdao.contract.incident.Incident.State;
import io.tongdao.contract.incident.IncidentLife;
import io.tongdao.contract.incident.IncidentStep;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.seal.Sm4Gcm;
import io.tongdao.ops.keys.IncidentKeys;
import io.tongdao.ops.provision.GrantDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;

/**
 * Where the life of an incident is decided (art. 27). Each step reads {@code ctl.incident} to its end, checks it, and writes the new version; what
 * is to be done about it do the provisioner, collection and {@link Destruction}, in the exchange that runs.
 */
public final class IncidentDesk {
    private static final Duration CUT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final SecureRandom RANDOM = new SecureRandom();
    private final IncidentJournal journal;
    private final IncidentKeys keys;
    private final GrantDesk grants;
    private final Plan plan;
    private final InstantSource clock;

    public IncidentDesk(IncidentJournal journal, IncidentKeys keys, GrantDesk grants, Plan plan, InstantSource clock) {
        this.journal = journal;
        this.keys = keys;
        this.grants = grants;
        this.plan = plan;
        this.clock = clock;
    }

    /**
     * An incident that is declared.
     *
     * @param division whose authority leads the response
     * @param basis the law or plan that it was declared by
     * @param until when it ends at the latest
     */
    public record Declared(String id, String name, String division, String basis, Instant until) {}

    /** Opens an incident and makes its key. */
    public Incident open(Declared declared, String by, String reason) {
        if (!Incident.ID.matcher(declared.id()).matches()) {
            throw new IncidentRefused("incident " + declared.id()
                    + ": use lower-case letters and digits, parts joined by a single hyphen, as in 2026-quake-3");
        }
        if (!plan.divisions().names().containsKey(declared.division())) {
            throw new IncidentRefused("division " + declared.division() + " is no division in force");
        }
        Instant now = clock.instant();
        if (!declared.until().isAfter(now)) {
            throw new IncidentRefused("until lies in the past: an incident that is over can't be opened");
        }
        if (journal.all().incidents().containsKey(declared.id())
                || !keys.held(declared.id()).isEmpty()) {
            throw new IncidentRefused("incident " + declared.id()
                    + " is on record already, and none is opened twice: see ./tongdao incident show "
                    + declared.id());
        }
        keys.begin(declared.id(), by, reason);
        return journal.write(new Incident(
                declared.id(),
                declared.name(),
                declared.division(),
                declared.basis(),
                declared.until(),
                List.of(),
                List.of(new IncidentStep(State.OPEN, by, reason, now))));
    }

    public IncidentJournal.Known list() {
        return journal.all();
    }

    /** @throws IncidentRefused if there is none */
    public Incident known(String id) {
        SortedMap<String, Incident> all = journal.all().incidents();
        Incident incident = all.get(id);
        if (incident == null) {
            throw new IncidentRefused("there is no incident " + id + "; there are: "
                    + (all.isEmpty() ? "none" : String.join(", ", all.keySet())));
        }
        return incident;
    }

    /** The grants that were ever filed under it. */
    public List<Grant> grants(String id) {
        return grants.list().values().stream()
                .filter(grant -> grant.kind() == Grant.Kind.EMERGENCY)
                .filter(grant -> grant.papers().incident().equals(id))
                .toList();
    }

    /** An incident, and what came of it as it stands. */
    public Traces.Remains remains(String id) {
        return new Traces.Remains(known(id), journal.all().under(id), grants(id));
    }

    /** What is on record of its key. */
    public Collection<IncidentKeys.Held> keys(String id) {
        return keys.held(id).values();
    }

    /**
     * Closes it, and returns when nothing flows under it any more.
     *
     * @throws IncidentRefused if it is closed and a grant's tasks have not acknowledged: they are reminded
     */
    public Incident close(String id, String by, String reason) {
        Incident closed = step(id, State.CLOSED, by, reason);
        for (Grant grant : grants(id)) {
            if (!awaitOver(grant)) {
                throw new IncidentRefused("incident " + id + " is closed and the reader's right on " + grant.id()
                        + " is gone, but not all release tasks have acknowledged: see ./tongdao status");
            }
        }
        return closed;
    }

    /** The provisioner ends what flows; what never flowed has nothing to end. */
    private boolean awaitOver(Grant grant) {
        Instant limit = Instant.now().plus(CUT);
        Grant now = grant;
        while (GrantLife.flows(now.status()) && Instant.now().isBefore(limit)) {
            pause();
            now = grants.list().getOrDefault(grant.id(), now);
        }
        return !GrantLife.flows(now.status()) && (!GrantLife.cut(now.status()) || grants.awaitCut(grant.id(), CUT));
    }

    /** @param findings what kinds of data there are, whom they touch, and what is to become of them */
    public Incident assess(String id, String by, String findings) {
        if (findings.isBlank()) {
            throw new IncidentRefused("an assessment says what it found: state secrets, privacy, personal information,"
                    + " trade secrets (art. 27)");
        }
        return step(id, State.ASSESSED, by, findings);
    }

    /**
     * Seals it: its key is locked, and what unlocks it lies in a file alone, which is for the authority to keep. Without that file nobody opens
     * anything of it again.
     */
    public Incident seal(String id, String by, String reason, Path unlocking) {
        after(id, State.SEALED, by, reason);
        if (keys.live(id)) { // else an earlier sealing was broken off behind this, and its file unlocks
            byte[] key = new byte[Sm4Gcm.KEY_BYTES];
            RANDOM.nextBytes(key);
            KeyCopy.secret(unlocking, HexFormat.of().formatHex(key) + "\n");
            keys.lock(id, key, by, reason);
        }
        return step(id, State.SEALED, by, reason);
    }

    /** Gives the key back by a decision; the incident is to be assessed anew, and stays closed. */
    public Incident unseal(String id, String by, String reason, Path unlocking) {
        if (known(id).state() != State.SEALED) {
            throw new IncidentRefused("incident " + id + " is not sealed");
        }
        keys.unlock(id, unlockingKey(unlocking), by, reason);
        return step(id, State.ASSESSED, by, "unsealed: " + reason);
    }

    private static byte[] unlockingKey(Path file) {
        try {
            byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
            if (key.length == Sm4Gcm.KEY_BYTES) {
                return key;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IncidentRefused(file + " is not the file that sealing wrote");
        }
        throw new IncidentRefused(file + " is not the file that sealing wrote");
    }

    /** Gives a consumer a copy of the key: on record, since nobody can prove what becomes of it. */
    public Incident hand(String id, String agency, String by, Path file) {
        Incident incident = known(id);
        if (!incident.open(clock.instant())) {
            throw new IncidentRefused("incident " + id + " is "
                    + incident.state().word() + ": its key is handed out only while it is open");
        }
        boolean entitled = grants(id).stream()
                .anyMatch(grant -> grant.consumer().equals(agency) && GrantLife.flows(grant.status()));
        if (!entitled) {
            throw new IncidentRefused(
                    agency + " has no grant under incident " + id + " that flows: its key would open nothing for it");
        }
        KeyCopy copy = KeyCopy.of(id, keys.copy(id));
        if (copy.keys().isEmpty()) {
            throw new IncidentRefused("the key of incident " + id + " is not in secrets/incident-keys.p12:"
                    + " bring the file back from a backup");
        }
        copy.write(file);
        return journal.write(incident.handedTo(new Incident.Handed(agency, by, clock.instant())));
    }

    /** What would be, or is being, in the way of destroying; empty: nothing. */
    public List<String> inTheWay(String id) {
        return plan.datasets().values().stream()
                .filter(dataset -> dataset.incident().equals(id))
                .map(DatasetPlan::id)
                .map(dataset -> "dataset " + dataset + " is still in the catalogue: take it out, ./tongdao apply")
                .toList();
    }

    /** Orders its destruction, which the running exchange carries out, through kills too, until it is proven. */
    public Incident destroy(String id, String by, String reason) {
        List<String> way = inTheWay(id);
        if (!way.isEmpty()) {
            throw new IncidentRefused("incident " + id + " can't be destroyed: " + String.join("; ", way));
        }
        return step(id, State.DESTROYING, by, reason);
    }

    /** Waits until it is destroyed and the certificate is written; false if that takes longer. */
    public boolean awaitDestroyed(String id, Duration timeout) {
        Instant limit = Instant.now().plus(timeout);
        while (known(id).state() != State.DESTROYED) {
            if (Instant.now().isAfter(limit)) {
                return false;
            }
            pause();
        }
        return true;
    }

    private Incident step(String id, State to, String by, String reason) {
        return journal.write(after(id, to, by, reason));
    }

    private Incident after(String id, State to, String by, String reason) {
        try {
            return IncidentLife.step(known(id), to, by, reason, clock.instant());
        } catch (IncidentLife.IllegalStep e) {
            throw new IncidentRefused(String.valueOf(e.getMessage()));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IncidentRefused("interrupted");
        }
    }
}
