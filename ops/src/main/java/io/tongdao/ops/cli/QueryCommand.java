package io.tongdao.ops.cli;

import io.tongdao.contract.plan.Plan;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.query.Hidden;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableRights;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.opening.OpenSnapshots;
import io.tongdao.ops.query.AgencyRights;
import io.tongdao.ops.query.AuthorityRights;
import io.tongdao.ops.query.Form;
import io.tongdao.ops.query.HiddenRows;
import io.tongdao.ops.query.PipedStatements;
import io.tongdao.ops.query.QueryPrompt;
import io.tongdao.ops.query.QuerySession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao query [SQL]}. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        header = "SQL over the tables.",
        description = {
            "Answers SQL over the lakehouse's tables, with the rows that hold at this moment: SELECT, DESCRIBE, SUMMARIZE, EXPLAIN.",
            "Works beside a running exchange and without one. Tables: src_<agency>.<dataset>, base.<database>,",
            "theme_<database>.<table>, share_<consumer>.<grant>, return_<division>.<grant>, open.<publication>.",
            "",
            "Without SQL: a prompt with completion and history on a terminal; else statements from standard input, each ended",
            "by a semicolon. FROM base.population AS OF '2026-11-30' is how the table stood at the end of that day."
        })
final class QueryCommand implements Callable<Integer> {
    private static final String AUTHORITY = "authority";

    @Parameters(paramLabel = "SQL", arity = "0..1", description = "For example: select count(*) from base.population")
    private String sql = "";

    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = {
                "table, csv, json (one object a line) or parquet (into a file: --out).",
                "Default: by the ending of --out, else table"
            })
    private @Nullable Form format;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes the answer into a file, readable by you alone; it is there whole or not at all.")
    private @Nullable Path file;

    @Option(
            names = "--as",
            paramLabel = "WHO",
            description = {
                "Who asks: authority (all tables), an agency's id (what it provides, what is released to it as long as",
                "that flows, and what is open; the exchange has to run, since grants say it).",
                "Default: authority, for the sample province only"
            })
    private @Nullable String as;

    @Mixin
    private Place place = new Place();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(place.data.resolve("lake"))) {
            throw new CommandFailedException(
                    "there are no tables under " + place.data + "; make some with: ./tongdao demo");
        }
        Form form = form();
        String who = who();
        DataDirectory data = DataDirectory.open(place.data);
        Quiet.use(data);
        try (LakeCatalog catalog = LakeCatalog.embedded(data.root())) {
            PrintWriter out = spec.commandLine().getOut();
            QuerySession session = new QuerySession(LakeQuery.open(catalog, rights(data, who)), out, form);
            answer(session, data, who);
        }
        return 0;
    }

    private void answer(QuerySession session, DataDirectory data, String who) throws IOException {
        if (!sql.isBlank() && file != null) {
            session.answer(sql, file);
        } else if (!sql.isBlank()) {
            session.answer(sql);
        } else if (System.getProperty("tongdao.input") == null) {
            new PipedStatements(session)
                    .answer(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        } else if (System.getProperty("tongdao.terminal") == null) {
            session.tables();
        } else {
            new QueryPrompt(session, data.run().resolve("query-history-" + who), who).run();
        }
    }

    private Form form() {
        if (file == null) {
            if (format == Form.PARQUET) {
                throw new CommandFailedException("--format parquet goes into a file: --out FILE");
            }
            return format == null ? Form.TABLE : format;
        }
        if (sql.isBlank()) {
            throw new CommandFailedException("--out takes the answer to one SELECT: write it behind the options");
        }
        return format == null ? Form.ofFile(file.toString()).orElse(Form.TABLE) : format;
    }

    /** The sample province's people are made up; anywhere else it is said who asks. */
    private String who() {
        if (as == null && !Files.isDirectory(place.data.resolve("postgres").resolve("cluster"))) {
            throw new CommandFailedException("say who asks: --as authority, or --as and an agency's id");
        }
        return as == null ? AUTHORITY : as;
    }

    /** An agency's follow from its grants as they are at this moment: what does not run can't say, and then nothing is answered. */
    private TableRights rights(DataDirectory data, String who) throws IOException {
        if (who.equals(AUTHORITY)) {
            return new AuthorityRights(OpenSnapshots.of(data, ""), this::hidden);
        }
        Beside beside = Beside.find(place.data);
        Plan plan = beside.plan();
        if (!plan.agencies().containsKey(who)) {
            throw new CommandFailedException("--as %s: neither %s nor an agency of the catalogue; there are: %s"
                    .formatted(
                            who,
                            AUTHORITY,
                            String.join(", ", new TreeSet<>(plan.agencies().keySet()))));
        }
        return new AgencyRights(who, plan, beside.desk().list().values(), OpenSnapshots.of(data, who), Instant.now());
    }

    /** Former states are shown without what is protected, and only the exchange knows what that is. */
    private Hidden hidden() {
        try {
            return HiddenRows.of(Beside.find(place.data).protectDesk().list(AUTHORITY));
        } catch (IOException e) {
            throw new UncheckedIOException("can't see what runs on " + place.data, e);
        }
    }
}
