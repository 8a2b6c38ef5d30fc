package io.tongdao.ops.province;

import io.tongdao.contract.grant.Grant;

/** Makes a grant's tokens for the oracle, which does not hold the secret. */
@FunctionalInterface
public interface TokenFunction {
    /**
     * A token of the grant's consumer and purpose.
     *
     * @param domain {@code person}, {@code organisation}, {@code item:<name>} or {@code row:<table>}
     */
    String token(Grant grant, String domain, String value);
}
