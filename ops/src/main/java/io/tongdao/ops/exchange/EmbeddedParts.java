package io.tongdao.ops.exchange;

import io.tongdao.ops.embedded.AgencyMariaDb;
import io.tongdao.ops.embedded.AgencyPostgres;
import io.tongdao.ops.embedded.ChildProcesses;
import io.tongdao.ops.embedded.Closing;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.DataLock;
import io.tongdao.ops.embedded.EmbeddedBroker;
import io.tongdao.ops.embedded.EmbeddedRegistry;
import io.tongdao.ops.embedded.StartFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a province in production has elsewhere, in and beside this process: broker, schema registry and the agencies' databases. They start
 * side by side; what an earlier run left behind is stopped first.
 */
public record EmbeddedParts(
        DataDirectory data,
        DataLock lock,
        EmbeddedBroker broker,
        EmbeddedRegistry registry,
        AgencyPostgres postgres,
        AgencyMariaDb mariadb)
        implements AutoCloseable {
    /** @throws StartFailedException if a part does not start; the others are stopped again */
    public static EmbeddedParts start(DataDirectory data) throws InterruptedException {
        DataLock lock = DataLock.take(data);
        List<AutoCloseable> started = new ArrayList<>(List.of(lock));
        try (ExecutorService starters = Executors.newFixedThreadPool(4)) {
            ChildProcesses.stopLeftovers(data);
            Future<AgencyPostgres> postgres = starters.submit(keep(started, () -> AgencyPostgres.start(data)));
            Future<AgencyMariaDb> mariadb = starters.submit(keep(started, () -> AgencyMariaDb.start(data)));
            Future<EmbeddedRegistry> registry = starters.submit(keep(started, () -> EmbeddedRegistry.start(data)));
            Future<EmbeddedBroker> broker = starters.submit(keep(started, () -> EmbeddedBroker.start(data)));
            return new EmbeddedParts(data, lock, broker.get(), registry.get(), postgres.get(), mariadb.get());
        } catch (ExecutionException e) {
            stop(started);
            throw e.getCause() instanceof StartFailedException failed
                    ? failed
                    : new StartFailedException("a part did not start: " + e.getCause(), e.getCause());
        } catch (InterruptedException | StartFailedException e) {
            stop(started);
            throw e;
        }
    }

    /** Pids of the children, whose memory is the exchange's too. */
    public Set<Long> pids() {
        return Set.of(registry.pid(), postgres.pid(), mariadb.pid());
    }

    @Override
    public void close() {
        Closing.together(List.of(postgres, mariadb, registry, broker));
        Closing.close(lock);
    }

    private static <T extends AutoCloseable> Callable<T> keep(List<AutoCloseable> started, Callable<T> start) {
        return () -> {
            T part = start.call();
            synchronized (started) {
                started.add(part);
            }
            return part;
        };
    }

    private static void stop(List<AutoCloseable> parts) {
        List<AutoCloseable> last;
        synchronized (parts) {
            last = List.copyOf(parts).reversed();
        }
        last.forEach(Closing::close);
    }
}
