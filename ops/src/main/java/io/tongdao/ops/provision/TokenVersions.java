package io.tongdao.ops.provision;

import io.tongdao.contract.grant.Grant;

/** With which version of a key the tokens of an epoch are made that begins now. Asked once an epoch; what it said then is on record. */
@FunctionalInterface
public interface TokenVersions {
    int now(Grant grant);
}
