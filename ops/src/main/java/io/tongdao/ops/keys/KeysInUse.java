package io.tongdao.ops.keys;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.FileTerms;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.provision.Epoch;
import io.tongdao.release.LedgerKey;
import io.tongdao.release.TokenKey;
import io.tongdao.release.TokenKeys;
import java.util.List;
import java.util.function.BiPredicate;

/** The keys that epochs of grants are released with at this moment, and the release ledger's. */
public record KeysInUse(List<Epoch> epochs) {

    /** Stands for the ledger, which is no grant. */
    static final String LEDGER = "留痕 release ledger";

    /** The grants whose present epoch has this key; the release ledger has its own for good. */
    public List<String> of(TokenKey key) {
        return ofLedger(key.consumer(), key.purpose()) ? List.of(LEDGER) : grants(key);
    }

    /** Whether the keys of these two are the release ledger's. */
    static boolean ofLedger(String consumer, String purpose) {
        return consumer.equals(LedgerKey.KEY.consumer()) && purpose.equals(LedgerKey.KEY.purpose());
    }

    private List<String> grants(TokenKey key) {
        return epochs.stream()
                .filter(epoch -> key(epoch).equals(key))
                .map(epoch -> epoch.grant().id())
                .toList();
    }

    /**
     * The grants whose files need this key: it is the one that they are sealed with from now on, or versions that can be picked up are sealed
     * with it.
     *
     * @param newest whether it is the newest of its grant
     * @param sealed whether files of a grant that can be picked up are sealed with a key
     */
    public List<String> of(FileKey key, boolean newest, BiPredicate<Grant, FileKey> sealed) {
        return epochs.stream()
                .map(Epoch::grant)
                .filter(grant -> grant.id().equals(key.grant()) && seals(grant))
                .filter(grant -> newest || sealed.test(grant, key))
                .map(Grant::id)
                .toList();
    }

    private static boolean seals(Grant grant) {
        FileTerms files = grant.terms().files();
        return files != null && files.sealed();
    }

    /** @throws StartFailedException if an epoch's key is not there: the store is older than the grants, or another's */
    public void check(TokenKeys keys) {
        for (Epoch epoch : epochs) {
            try {
                keys.hmac(key(epoch));
            } catch (IllegalArgumentException e) {
                throw new StartFailedException(
                        "grant " + epoch.grant().id() + " is released with a key that is not in the key store ("
                                + e.getMessage() + "); bring secrets/token-keys.p12 back from a newer backup");
            }
        }
    }

    private static TokenKey key(Epoch epoch) {
        return new TokenKey(epoch.grant().consumer(), epoch.grant().purpose(), epoch.tokens());
    }
}
