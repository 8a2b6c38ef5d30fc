package io.tongdao.release;

import io.tongdao.release.mask.Tokens;

/**
 * The key of subjects' tokens in the release ledger: of no consumer and no purpose but this one, so that what a consumer holds can't be joined
 * with the ledger. One for good: with another, a look-up would miss what stands under the first.
 */
public final class LedgerKey {
    public static final TokenKey KEY = new TokenKey("tongdao", "release-ledger", 1);

    private LedgerKey() {}

    /** @throws IllegalArgumentException if the key is not there */
    public static Tokens tokens(TokenKeys keys) {
        return new Tokens(keys.hmac(KEY), KEY.version());
    }
}
