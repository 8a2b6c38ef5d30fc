package io.tongdao.ops.provision;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waiting for what the cluster does in its own time. */
final class Cluster {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration SPREAD = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(10);

    private Cluster() {}

    /** @param what for the message if it fails: {@code topic x not made} */
    static <T> T done(KafkaFuture<T> future, String what) {
        try {
            return future.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ProvisionFailed(what + ": " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new ProvisionFailed(what + ": the cluster does not answer", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** What was done is known to the brokers a little later than it is done. */
    static void until(BooleanSupplier known, String what) {
        until(known, what, SPREAD);
    }

    static void until(BooleanSupplier known, String what, Duration patience) {
        Instant limit = Instant.now().plus(patience);
        while (!known.getAsBoolean()) {
            if (Instant.now().isAfter(limit)) {
                throw new ProvisionFailed(what + " within " + patience.toSeconds() + " s", new TimeoutException());
            }
            try {
                Thread.sleep(STEP);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }
}
