package io.tongdao.ops.bench;

import io.tongdao.contract.plan.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own {@code pgbench}, where the machine has it; the embedded binaries bring none. */
record PgbenchTool(Source source, String password) implements OutsideLoad {
    private static final Pattern DONE = Pattern.compile("number of transactions actually processed: (\\d+)");

    static boolean installed() {
        try {
            return new ProcessBuilder("pgbench", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void create(Connection database, int scale) throws SQLException, InterruptedException {
        pgbench("--initialize", "--quiet", "--scale", Integer.toString(scale));
        try (Statement statement = database.createStatement()) {
            statement.execute("ALTER TABLE pgbench_accounts REPLICA IDENTITY FULL");
        }
    }

    @Override
    public long run(Duration time) throws InterruptedException {
        String said = pgbench("--client", "4", "--jobs", "2", "--time", Long.toString(time.toSeconds()));
        Matcher done = DONE.matcher(said);
        return done.find() ? Long.parseLong(done.group(1)) : 0;
    }

    private String pgbench(String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("pgbench", "--host", source.host()));
        command.addAll(List.of("--port", Integer.toString(source.port()), "--username", source.user()));
        command.addAll(List.of(words));
        command.add(source.database());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchFailed("pgbench failed: " + said.strip().replace('\n', ' '));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "pgbench";
    }

    @Override
    public String toString() {
        return "PgbenchTool[" + source.name() + ']';
    }
}
