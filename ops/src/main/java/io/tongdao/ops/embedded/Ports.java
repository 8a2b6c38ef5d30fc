package io.tongdao.ops.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports on the loopback that a part keeps over restarts, so that addresses held by clients stay valid. They lie below the
 * range from which the system takes the ports of outgoing connections, which could otherwise sit on one of them.
 */
public final class Ports {
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;
    private static final Set<Integer> HANDED_OUT = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** The port that {@code name} had before if it is free, else another free one, which is then remembered. */
    public static int remembered(DataDirectory data, String name) {
        Path file = data.run().resolve(name + ".port");
        try {
            Optional<Integer> before = read(file).filter(Ports::isFree);
            if (before.isPresent()) {
                return before.get();
            }
            int port = anyFree();
            DurableFiles.write(file, Integer.toString(port), DurableFiles.SHARED);
            return port;
        } catch (IOException e) {
            throw new StartFailedException("cannot keep a port in " + file + ": " + e, e);
        }
    }

    private static Optional<Integer> read(Path file) throws IOException {
        return Files.exists(file)
                ? Optional.of(Integer.valueOf(Files.readString(file).strip()))
                : Optional.empty();
    }

    private static int anyFree() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (HANDED_OUT.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new StartFailedException("no free port between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException inUse) {
            return false;
        }
    }
}
