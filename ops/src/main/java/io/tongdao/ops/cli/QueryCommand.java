package io.tongdao.ops.cli;

import io.tongdao.contract.plan.Plan;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.query.Hidden;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.ResultPrinter;
import io.tongdao.lakehouse.query.TableRights;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.opening.OpenSnapshots;
import io.tongdao.ops.query.AgencyRights;
import io.tongdao.ops.query.AuthorityRights;
import io.tongdao.ops.query.HiddenRows;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao query SQL}. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        header = "SQL over the tables.",
        description = {
            "Answers one SELECT over the lakehouse's tables, with the rows that hold at this moment. Works beside a running",
            "exchange and without one. Tables: src_<agency>.<dataset>, base.<database>, theme_<database>.<table>,",
            "share_<consumer>.<grant>, return_<division>.<grant>, open.<publication>; without SQL they are listed."
        })
final class QueryCommand implements Callable<Integer> {
    private static final String AUTHORITY = "authority";

    @Parameters(paramLabel = "SQL", arity = "0..1", description = "For example: select count(*) from base.population")
    private String sql = "";

    @Option(
            names = "--format",
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, csv or json (one object a line). Default: table")
    private ResultPrinter.Format format = ResultPrinter.Format.TABLE;

    @Option(
            names = "--as",
            paramLabel = "WHO",
            defaultValue = AUTHORITY,
            description = {
                "Who asks: authority (all tables), an agency's id (what it provides, what is released to it as long as",
                "that flows, and what is open; the exchange has to run, since grants say it).",
                "Default: authority, for the sample province only"
            })
    private String who = "authority";

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
        DataDirectory data = DataDirectory.open(place.data);
        Quiet.use(data);
        PrintWriter out = spec.commandLine().getOut();
        try (LakeCatalog catalog = LakeCatalog.embedded(data.root())) {
            LakeQuery lake = LakeQuery.open(catalog, rights(data));
            if (sql.isBlank()) {
                lake.tables().forEach(out::println);
            } else {
                lake.query(sql, rows -> new ResultPrinter(format, out).print(rows));
            }
        }
        out.flush();
        return 0;
    }

    /** Former states are shown without what is protected, and only the exchange knows what that is. */
    private Hidden hidden() {
        try {
            return HiddenRows.of(Beside.find(place.data).protectDesk().list(AUTHORITY));
        } catch (IOException e) {
            throw new UncheckedIOException("can't see what runs on " + place.data, e);
        }
    }

    /** An agency's follow from its grants as they are at this moment: what does not run can't say, and then nothing is answered. */
    private TableRights rights(DataDirectory data) throws IOException {
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
}
