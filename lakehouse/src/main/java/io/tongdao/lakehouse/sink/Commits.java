package io.tongdao.lakehouse.sink;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Commits several tables at once. */
final class Commits implements AutoCloseable {
    private final ExecutorService threads;

    Commits(int threads) {
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("lake-commit-", 0).factory());
    }

    /** Waits for all of them: their writers are the caller's again afterwards. False if it was interrupted. */
    boolean await(List<FeedTask> due) {
        List<Callable<Void>> work = due.stream()
                .<Callable<Void>>map(task -> () -> {
                    task.commit();
                    return null;
                })
                .toList();
        try {
            for (Future<Void> each : threads.invokeAll(work)) {
                each.get();
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a commit failed in a way that its task does not know", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
