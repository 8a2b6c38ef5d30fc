package io.tongdao.contract.grant;

import io.tongdao.contract.grant.Grant.Status;
import java.time.Instant;

/**
 * One step in the life of a grant: where it came to, who decided it, why and when.
 *
 * @param epoch in which the grant is from this step on
 */
public record GrantStep(Status status, int epoch, String by, String reason, Instant at) {}
