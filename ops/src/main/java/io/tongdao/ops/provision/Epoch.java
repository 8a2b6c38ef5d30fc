package io.tongdao.ops.provision;

import io.tongdao.contract.grant.Grant;

/**
 * The present epoch of a grant, from when it is provisioned until it is cut.
 *
 * @param tokens the version of the key that its tokens are made with
 */
public record Epoch(Grant grant, int tokens) {}
