package io.tongdao.ops.keys;

import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.ops.provision.Epoch;
import io.tongdao.release.TokenKey;
import io.tongdao.release.TokenKeys;
import java.util.List;

/** The keys that epochs of grants are released with at this moment. */
public record KeysInUse(List<Epoch> epochs) {

    /** The grants whose present epoch has this key. */
    public List<String> of(TokenKey key) {
        return epochs.stream()
                .filter(epoch -> key(epoch).equals(key))
                .map(epoch -> epoch.grant().id())
                .toList();
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
