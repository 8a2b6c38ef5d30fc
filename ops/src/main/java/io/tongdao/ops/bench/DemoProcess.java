package io.tongdao.ops.bench;

import io.tongdao.ops.exchange.RunningExchange;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code tongdao demo} or {@code up} as a process of its own, with this JVM's options and class path, so that it can be killed. */
public final class DemoProcess implements AutoCloseable {
    private static final Duration STOPPING = Duration.ofSeconds(60);
    private final Path data;
    private final Process process;

    private DemoProcess(Path data, Process process) {
        this.data = data;
        this.process = process;
    }

    /** @param arguments of {@code demo}, without {@code --data}; output goes to {@code <data>.out} */
    static DemoProcess start(Path data, List<String> arguments) throws IOException {
        return start("demo", data, arguments);
    }

    /** The exchange, which stays. */
    public static DemoProcess up(Path data, List<String> arguments) throws IOException {
        return start("up", data, arguments);
    }

    private static DemoProcess start(String what, Path data, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agentlib"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.tongdao.ops.cli.Main", what));
        command.addAll(List.of("--data", data.toString()));
        command.addAll(arguments);
        Path output = data.resolveSibling(data.getFileName() + ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        return new DemoProcess(data, process);
    }

    /** Waits until the demo has written its phase file with {@code phase}. */
    boolean awaitPhase(String phase, Duration limit) throws InterruptedException {
        Path file = data.resolve("run/phase");
        Instant end = Instant.now().plus(limit);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            if (phase.equals(read(file))) {
                return true;
            }
            Thread.sleep(20);
        }
        return false;
    }

    /** What runs, once others may use it; null: it ended, or takes longer. */
    public @Nullable RunningExchange awaitRunning(Duration limit) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(limit);
        while (process.isAlive() && Instant.now().isBefore(end)) {
            RunningExchange running = RunningExchange.find(data).orElse(null);
            if (running != null && running.pid() == process.pid()) {
                return running;
            }
            Thread.sleep(20);
        }
        return null;
    }

    /** Ends it in order. */
    public void stop() throws InterruptedException {
        process.destroy();
        await(STOPPING);
    }

    /** SIGKILL to the process alone: its children are for the next start to find. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The exit code, or -1 where the limit passed; the process is killed then. */
    int await(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            return -1;
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
