package io.tongdao.ops.keys;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.ops.provision.GrantDesk;
import io.tongdao.release.TokenKey;
import java.time.Duration;
import java.util.List;

/**
 * Changes keys under grants that are released with them. A running epoch keeps its key: a rotation suspends the grants of the consumer and
 * purpose and resumes them, so that what is joinable changes all at once, in epochs of their own.
 */
public final class KeyDesk {
    /** Begins the reason of a suspension that only a rotation wanted: the next one takes up what a broken off one left. */
    private static final String ROTATED = "key rotated";

    private static final Duration CUT = Duration.ofSeconds(60);
    private final TokenKeyStore keys;
    private final GrantDesk grants;

    public KeyDesk(TokenKeyStore keys, GrantDesk grants) {
        this.keys = keys;
        this.grants = grants;
    }

    /**
     * What a rotation did.
     *
     * @param made the key of epochs that begin from now on
     * @param renewed the grants that flow again, in an epoch with it
     */
    public record Rotation(KeyRecord made, List<Grant> renewed) {}

    /** @throws KeyRefused if there is no such key, or tasks did not acknowledge the cut: then the grants wait, suspended */
    public Rotation rotate(String consumer, String purpose, String by, String reason) {
        keepLedger(consumer, purpose);
        KeyRecord made = keys.rotate(consumer, purpose, by, reason);
        List<Grant> affected = grants.list().values().stream()
                .filter(grant -> grant.consumer().equals(consumer))
                .filter(grant -> grant.purpose().equals(purpose))
                .filter(grant -> GrantLife.flows(grant.status()) || interrupted(grant))
                .toList();
        String why = ROTATED + " to t" + made.key().version() + ": " + reason;
        affected.stream()
                .filter(grant -> GrantLife.flows(grant.status()))
                .forEach(grant -> grants.suspend(grant.id(), by, why));
        for (Grant grant : affected) {
            if (!grants.awaitCut(grant.id(), CUT)) {
                throw new KeyRefused(made.key() + " is made, but not all release tasks have acknowledged that "
                        + grant.id()
                        + " is cut; its grants are suspended: once ./tongdao status shows the stage running,"
                        + " ./tongdao grant resume them");
            }
        }
        return new Rotation(
                made,
                affected.stream().map(grant -> grants.resume(grant.id(), by)).toList());
    }

    private static boolean interrupted(Grant grant) {
        return grant.status() == Grant.Status.SUSPENDED && grant.last().reason().startsWith(ROTATED);
    }

    /** @throws KeyRefused if an epoch is released with it, it is the release ledger's, or there is no such key */
    public KeyRecord destroy(TokenKey key, String by, String reason) {
        keepLedger(key.consumer(), key.purpose());
        List<String> users = inUse().of(key);
        if (!users.isEmpty()) {
            throw new KeyRefused("key " + key + " is in use by " + String.join(", ", users)
                    + ": suspend or end them, or rotate the key first");
        }
        return keys.destroy(key, by, reason);
    }

    private static void keepLedger(String consumer, String purpose) {
        if (KeysInUse.ofLedger(consumer, purpose)) {
            throw new KeyRefused("the release ledger (留痕) has one key for good: with another, or without it, nobody"
                    + " could look up who received a subject's data");
        }
    }

    public List<KeyRecord> list() {
        return keys.list();
    }

    public KeysInUse inUse() {
        return new KeysInUse(grants.epochs());
    }
}
