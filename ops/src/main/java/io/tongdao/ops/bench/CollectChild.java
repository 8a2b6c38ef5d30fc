package io.tongdao.ops.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link CollectMain} as its parent sees it. */
final class CollectChild implements AutoCloseable {
    private static final long CLOSE_SECONDS = 40;
    private final Process process;

    private CollectChild(Process process) {
        this.process = process;
    }

    /** Its words go to {@code log}; {@code TONGDAO_BENCH_JAVA_OPTS} adds options, such as those of a flight recording. */
    static CollectChild start(CollectOrder order, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The heap is there from the start: memory that grows is then none that a collection would give back.
        command.addAll(List.of("-Xms384m", "-Xmx384m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"));
        command.add("-Duser.timezone=UTC");
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dfile.encoding=UTF-8"));
        String more = System.getenv("TONGDAO_BENCH_JAVA_OPTS");
        if (more != null) {
            command.addAll(Arrays.asList(more.split(" ", -1)));
        }
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, CollectMain.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        OutputStream orders = process.getOutputStream();
        orders.write(order.line().getBytes(StandardCharsets.UTF_8));
        orders.flush();
        return new CollectChild(process);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Resident memory in KiB, 0 where the system does not say. */
    long resident() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets it end in order, and kills it if it does not. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
