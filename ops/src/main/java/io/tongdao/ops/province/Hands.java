package io.tongdao.ops.province;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** As many threads as there are processors, for work that falls into independent parts. */
public final class Hands implements AutoCloseable {
    /** Parts of a list for each thread: the last ones are taken by whoever is done. */
    private static final int PARTS = 8;

    private final int count = Runtime.getRuntime().availableProcessors();
    private final ExecutorService pool = Executors.newFixedThreadPool(count);

    /** Reads something of a database. */
    public interface Reading<A, B> {
        B of(A from) throws SQLException;
    }

    /** What each gives, in the order of the list. */
    public <A, B> List<B> all(List<A> list, Reading<A, B> reading) throws SQLException {
        return run(list.stream().map(one -> (Callable<B>) () -> reading.of(one)).toList());
    }

    /** Does something with all, in no order. */
    <A> void each(List<A> list, Consumer<A> act) throws SQLException {
        int size = Math.max(1, list.size() / (count * PARTS));
        List<Callable<Boolean>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            List<A> part = list.subList(from, Math.min(list.size(), from + size));
            parts.add(() -> {
                part.forEach(act);
                return true;
            });
        }
        run(parts);
    }

    private <B> List<B> run(List<Callable<B>> parts) throws SQLException {
        try {
            List<B> all = new ArrayList<>();
            for (Future<B> done : pool.invokeAll(parts)) {
                all.add(done.get());
            }
            return all;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException sql -> throw sql;
                case RuntimeException own -> throw own;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
