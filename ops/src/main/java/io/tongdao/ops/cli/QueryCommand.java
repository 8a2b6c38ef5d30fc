package io.tongdao.ops.cli;

import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.ResultPrinter;
import io.tongdao.ops.embedded.DataDirectory;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
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
            "share_<consumer>.<grant>, return_<division>.<grant>; without SQL they are listed."
        })
final class QueryCommand implements Callable<Integer> {
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
            defaultValue = "authority",
            description = {
                "Who asks: authority (all tables), an agency's id (what it provides, and what was shared with it).",
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
            LakeQuery lake = LakeQuery.open(catalog, visible(who));
            if (sql.isBlank()) {
                lake.tables().forEach(out::println);
            } else {
                lake.query(sql, rows -> new ResultPrinter(format, out).print(rows));
            }
        }
        out.flush();
        return 0;
    }

    /** Withheld unless it is the asker's own: what it provides, and what was released to it. */
    private static Predicate<String> visible(String who) {
        if (who.equals("authority")) {
            return table -> true;
        }
        String agency = who.replace('-', '_');
        return table -> table.startsWith("src_" + agency + ".") || table.startsWith("share_" + agency + ".");
    }
}
