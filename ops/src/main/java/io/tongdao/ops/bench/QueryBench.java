package io.tongdao.ops.bench;

import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.LogDestination;
import io.tongdao.ops.exchange.PlanSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What an analyst waits for: the first result of {@code tongdao query} with the JVM's start, and a look-up by key in its prompt. */
public final class QueryBench {
    private static final double MOST_COLD_SECONDS = 2;
    private static final double MOST_LOOK_UP_MILLIS = 200;
    private static final int WARM_UP = 10;
    private static final double P99 = 0.99;

    private final Path home;
    private final Path data;
    private final QueryTable table;
    private final Load load;
    private final PrintWriter out;

    /**
     * @param rows of the table
     * @param starts of the JVM, for each query
     * @param lookUps in the prompt
     */
    public record Load(int rows, int starts, int lookUps) {}

    private QueryBench(Path home, Path data, QueryTable table, Load load, PrintWriter out) {
        this.home = home;
        this.data = data;
        this.table = table;
        this.load = load;
        this.out = out;
    }

    /**
     * @param home of the launcher
     * @param work an empty directory
     */
    public static List<Bar> run(Path home, Path work, Load load, PrintWriter out)
            throws IOException, InterruptedException {
        DataDirectory data = DataDirectory.open(work);
        LogDestination.use(data);
        QueryTable table = new QueryTable(PlanSource.compileToRead(home.resolve("ops/catalogue")), load.rows());
        long start = System.nanoTime();
        table.fill(data.root());
        out.printf(Locale.ROOT, "%,d rows in %.0f s%n", load.rows(), (System.nanoTime() - start) / 1e9);
        out.flush();
        return new QueryBench(home, data.root(), table, load, out).measure();
    }

    private List<Bar> measure() throws IOException, InterruptedException {
        String name = QueryTable.name();
        double count = cold(
                "the whole table",
                "select hukou_division, count(*) from " + name + " group by 1 order by 2 desc limit 3");
        double lookUp = cold("one key", lookUp(load.rows() / 2));
        double[] millis = lookUps();
        out.printf(
                Locale.ROOT,
                "look-up in the prompt: p50 %.0f ms, p99 %.0f ms, most %.0f ms%n",
                millis[millis.length / 2],
                millis[(int) (millis.length * P99)],
                millis[millis.length - 1]);
        return List.of(
                Bar.most("first result over the whole table, from the JVM's start, s", count, MOST_COLD_SECONDS),
                Bar.most("first result of a look-up by key, from the JVM's start, s", lookUp, MOST_COLD_SECONDS),
                Bar.most(
                        "look-up by key in the prompt, p99, ms",
                        millis[(int) (millis.length * P99)],
                        MOST_LOOK_UP_MILLIS));
    }

    private String lookUp(int row) {
        return "select full_name, hukou_division from " + QueryTable.name() + " where _key = '" + table.key(row) + "'";
    }

    /** The median; the first start is not counted, in which the JVM keeps its classes for the next. */
    private double cold(String what, String sql) throws IOException, InterruptedException {
        double[] seconds = new double[load.starts()];
        for (int i = -1; i < load.starts(); i++) {
            long start = System.nanoTime();
            Process query = query(sql);
            try (BufferedReader answer = query.inputReader(StandardCharsets.UTF_8)) {
                String first = answer.readLine();
                double took = (System.nanoTime() - start) / 1e9;
                if (i >= 0) {
                    seconds[i] = took;
                }
                answer.transferTo(Writer.nullWriter());
                if (query.waitFor() != 0 || first == null) {
                    throw new BenchFailed("the query failed; the log is under " + data.resolve("logs"));
                }
            }
        }
        Arrays.sort(seconds);
        double median = seconds[seconds.length / 2];
        out.printf(
                Locale.ROOT, "%s: first result after %.2f s, most %.2f s%n", what, median, seconds[seconds.length - 1]);
        out.flush();
        return median;
    }

    /** Milliseconds from a statement until its answer is whole, sorted. */
    private double[] lookUps() throws IOException, InterruptedException {
        Process prompt = query();
        Random random = new Random(2);
        double[] millis = new double[load.lookUps()];
        try (Writer questions = prompt.outputWriter(StandardCharsets.UTF_8);
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(prompt.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = -WARM_UP; i < load.lookUps(); i++) {
                long start = System.nanoTime();
                questions.write(lookUp(random.nextInt(load.rows())) + ";\n");
                questions.flush();
                awaitOne(answers);
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - start) / 1e6;
                }
            }
        } finally {
            prompt.destroy();
            prompt.waitFor();
        }
        Arrays.sort(millis);
        return millis;
    }

    private static void awaitOne(BufferedReader answers) throws IOException {
        String line;
        do {
            line = answers.readLine();
        } while (line != null && !line.startsWith("("));
        if (!"(1 row)".equals(line)) {
            throw new BenchFailed("a look-up by key found " + line + " instead of one row");
        }
    }

    private Process query(String... sql) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(home.resolve("tongdao").toString(), "query", "--data", data.toString(), "--as", "authority"));
        command.addAll(List.of(sql));
        return new ProcessBuilder(command)
                .redirectError(data.resolve("logs").resolve("query.err").toFile())
                .start();
    }
}
