package io.tongdao.ops.cli;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.CatalogueLoader;
import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.contract.catalogue.Problem;
import io.tongdao.ops.page.CataloguePage;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao catalogue html DIR --out FILE}: the page that an official reads. */
@Command(
        name = "html",
        mixinStandardHelpOptions = true,
        header = "Writes the catalogue as one HTML page.",
        description = {
            "Writes the catalogue as one HTML page in Chinese: datasets with all elements of art. 15, sources of record, thematic",
            "databases, assessments by expiry, agencies, standards with their codes. It can be searched and printed, and needs no",
            "network. Exit 0: written; 2: the catalogue has problems, nothing was written."
        })
final class CatalogueHtmlCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "0..1", description = "The catalogue. Default: the sample province's")
    private Path directory = Place.home().resolve("ops/catalogue");

    @Option(
            names = "--out",
            paramLabel = "FILE|DIR",
            required = true,
            description = "The file; in a directory that exists: catalogue.html")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Override
    public Integer call() throws IOException {
        Catalogue catalogue = switch (CatalogueLoader.load(directory)) {
            case CatalogueLoader.Loaded.Whole(Catalogue whole) -> whole;
            case CatalogueLoader.Loaded.Refused(List<Problem> problems) -> throw new CatalogueRefused(problems);
        };
        Path file = Files.isDirectory(out) ? out.resolve("catalogue.html") : out;
        try (Writer writer = Files.newBufferedWriter(Written.beneath(file))) {
            CataloguePage.write(catalogue, LocalDate.now(ZoneId.of("Asia/Shanghai")), writer);
        }
        spec.commandLine().getOut().println("wrote " + file);
        return 0;
    }
}
