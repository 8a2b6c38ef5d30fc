package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.CatalogueLoader.Loaded;
import io.tongdao.contract.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A catalogue of four agencies that most tests stand on, the sample that is shipped, and copies that a test may spoil. */
public final class SampleProvince {
    static final Path DIRECTORY = Path.of("../avro/src/test/resources/catalogue/four-agencies");

    /** The sample province as it is shipped, with all sixteen tables. */
    static final Path SHIPPED = Path.of("../ops/catalogue");

    static final Map<String, String> ADDRESSES = Map.of(
            "postgresql.host",
            "127.0.0.1",
            "postgresql.port",
            "5432",
            "mariadb.host",
            "127.0.0.1",
            "mariadb.port",
            "3306",
            "secrets",
            "/s");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private SampleProvince() {}

    public static Plan plan() {
        return PlanCompiler.compile(Catalogue.load(DIRECTORY, ADDRESSES));
    }

    /** The sample province as it is shipped. */
    public static Plan shipped() {
        return PlanCompiler.compile(Catalogue.load(SHIPPED, ADDRESSES));
    }

    /** The sound catalogue of the contract's own tests, with thematic tables. */
    public static Plan sound() {
        return switch (CatalogueLoader.load(Path.of("src/test/resources/catalogue/sound"))) {
            case Loaded.Whole whole -> PlanCompiler.compile(whole.catalogue());
            case Loaded.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Problem> problems(Path directory) {
        return switch (CatalogueLoader.load(directory, new Variables(Map.of(), false), TODAY)) {
            case Loaded.Whole whole -> List.of();
            case Loaded.Refused refused -> refused.problems();
        };
    }
}
