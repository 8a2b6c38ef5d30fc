package io.tongdao.compose;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tongdao.contract.catalogue.CatalogueLoader;
import io.tongdao.contract.catalogue.PlanCompiler;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The sound catalogue of the contract's tests, with this stage's own thematic tables: what an agency writes, and nothing else. */
final class ThemeCatalogue {
    private static final Path SOUND = Path.of("../avro/src/test/resources/catalogue/sound");
    private static final Path THEMES = Path.of("src/test/resources/compose/themes");

    private ThemeCatalogue() {}

    /** With all of this stage's tables. */
    static Plan plan(Path directory, int persons, int organisations) {
        return plan(directory, persons, organisations, Set.of("credit.yaml", "wuhua_insured.yaml"));
    }

    /** @param themes files of this stage's that stand beside those of the sound catalogue */
    static Plan plan(Path directory, int persons, int organisations, Set<String> themes) {
        try {
            copy(SOUND, directory);
            for (String theme : themes) {
                Files.copy(THEMES.resolve(theme), directory.resolve("themes").resolve(theme));
            }
            String partitions =
                    "partitions: {person: %d, organisation: %d, place: 2, other: 2}".formatted(persons, organisations);
            Path terms = directory.resolve("terms.yaml");
            Files.writeString(terms, Files.readString(terms).replaceFirst("partitions: \\{[^}]*}", partitions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return load(directory);
    }

    static Plan load(Path directory) {
        return switch (CatalogueLoader.load(directory)) {
            case CatalogueLoader.Loaded.Whole whole -> PlanCompiler.compile(whole.catalogue());
            case CatalogueLoader.Loaded.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    /** The schemas of all topics, registered. */
    static WireFormat wire(Plan plan) {
        return wire(plan, new MockSchemaRegistryClient());
    }

    static WireFormat wire(Plan plan, MockSchemaRegistryClient registry) {
        try {
            for (Topic topic : topics(plan)) {
                registry.register(topic.valueSubject(), new AvroSchema(topic.schema()));
            }
        } catch (IOException | RestClientException e) {
            throw new AssertionError(e);
        }
        return new WireFormat(registry);
    }

    /** Sources' and themes' topics. */
    static List<Topic> topics(Plan plan) {
        List<Topic> topics = new ArrayList<>();
        plan.datasets().values().forEach(dataset -> topics.add(dataset.topic()));
        plan.bases().values().forEach(base -> topics.add(base.topic()));
        plan.themes().values().forEach(theme -> topics.add(theme.topic()));
        return topics;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
