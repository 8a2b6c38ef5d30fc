package io.tongdao.ops.demo;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.province.TokenFunction;
import io.tongdao.ops.provision.Epoch;
import io.tongdao.release.TokenKey;
import io.tongdao.release.TokenKeys;
import io.tongdao.release.mask.Tokens;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tokens of each grant's present epoch, for the oracle: with the keys that the release stage has, one thread at a time. */
final class EpochTokens implements TokenFunction {
    private final Map<String, Tokens> byGrant = new TreeMap<>();

    EpochTokens(TokenKeys keys, List<Epoch> epochs) {
        for (Epoch epoch : epochs) {
            Grant grant = epoch.grant();
            TokenKey key = new TokenKey(grant.consumer(), grant.purpose(), epoch.tokens());
            byGrant.put(grant.id(), new Tokens(keys.hmac(key), key.version()));
        }
    }

    @Override
    public synchronized String token(Grant grant, String domain, String value) {
        Tokens tokens = byGrant.get(grant.id());
        if (tokens == null) {
            throw new IllegalStateException("grant " + grant.id() + " has no epoch that flows");
        }
        return tokens.token(domain, value);
    }
}
