package io.tongdao.ops.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Starts the servers, writes a row in each database and waits to be killed. */
final class DoomedProcess {
    private DoomedProcess() {}

    public static void main(String[] args) throws Exception {
        DataDirectory data = DataDirectory.open(Path.of(args[0]));
        DataLock.take(data);
        Servers servers = Servers.start(data);
        servers.insertRows();
        System.out.printf(
                "READY %d %d %d%n",
                servers.postgres().pid(),
                servers.mariaDb().pid(),
                servers.registry().pid());
        new CountDownLatch(1).await();
    }
}
