package io.tongdao.ops.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link StageMain} as its parent sees it; it has the memory and the options of this process. */
final class StageChild implements AutoCloseable {
    private static final long CLOSE_SECONDS = 60;
    private final Process process;
    private final Path log;
    private final BufferedReader answers;

    private StageChild(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Its words go to {@code log}; {@code TONGDAO_BENCH_JAVA_OPTS} adds options, such as those of a flight recording. */
    static StageChild start(StageOrder order, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agentlib"))
                .forEach(command::add);
        String more = System.getenv("TONGDAO_BENCH_JAVA_OPTS");
        if (more != null && !more.isBlank()) {
            command.addAll(Arrays.asList(more.split(" ", -1)));
        }
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, StageMain.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        StageChild child = new StageChild(process, log);
        child.tell(order.line());
        return child;
    }

    /**
     * What else it says is passed over: a flight recording announces itself.
     *
     * @throws BenchFailed if the process has ended
     */
    StageFigures figures() throws IOException {
        String line = null;
        if (process.isAlive()) {
            tell("\n");
            do {
                line = answers.readLine();
            } while (line != null && !StageFigures.isLine(line));
        }
        if (line == null) {
            throw new BenchFailed("the process of the stage ended; see " + log);
        }
        return StageFigures.parse(line);
    }

    private void tell(String line) throws IOException {
        OutputStream orders = process.getOutputStream();
        orders.write(line.getBytes(StandardCharsets.UTF_8));
        orders.flush();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Lets it end in order, and kills it if it does not. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (process.isAlive()) {
            process.getOutputStream().close();
        }
        if (!process.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
