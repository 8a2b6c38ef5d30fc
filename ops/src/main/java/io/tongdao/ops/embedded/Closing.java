package io.tongdao.ops.embedded;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what does not need each other at one time: each waits for what it has under way. */
public final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    /** Returns once all are closed; what does not close is said in the log and keeps nothing else from closing. */
    public static void together(Collection<? extends AutoCloseable> parts) {
        try (ExecutorService closers = Executors.newCachedThreadPool()) {
            List.copyOf(parts).forEach(part -> closers.execute(() -> close(part)));
        }
    }

    /** Closes one; what goes wrong is said in the log. */
    public static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // AutoCloseable's signature; every other part is still to be closed
            LOG.warn("{} did not close", part.getClass().getSimpleName(), e);
        }
    }
}
