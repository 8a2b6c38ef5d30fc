package io.tongdao.ops.verify;

import io.tongdao.contract.topic.Names;
import io.tongdao.contract.witness.Verification;
import io.tongdao.ops.provision.AuditLog;
import io.tongdao.ops.provision.ProvisionFailed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** The record of verifications (留痕): {@code audit.verification} only grows. Safe for use by many threads. */
public final class VerifyLog implements AutoCloseable {
    private final AuditLog<Verification> log;

    /** @param client how to reach the cluster as {@link io.tongdao.ops.provision.Principals#API} */
    public VerifyLog(Map<String, Object> client) {
        this.log = new AuditLog<>(client, Names.VERIFICATIONS, Verification.FORMAT);
    }

    /**
     * Returns when all replicas have it.
     *
     * @throws VerifyRefused if it could not be written: then nothing may be told
     */
    void append(Verification one) {
        try {
            log.append(one.subject().getBytes(StandardCharsets.UTF_8), one.at(), one);
        } catch (ProvisionFailed e) {
            throw new VerifyRefused(
                    VerifyRefused.Why.UNAVAILABLE,
                    "the verification could not be put on record, so nothing is told",
                    e);
        }
    }

    /** Gives what stands there from an instant on, in its order. */
    void since(Instant from, Consumer<Verification> each) {
        log.since(from, each);
    }

    @Override
    public void close() {
        log.close();
    }
}
