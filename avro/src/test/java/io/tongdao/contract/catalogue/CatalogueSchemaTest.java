package io.tongdao.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.tongdao.contract.catalogue.CatalogueLoader.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** What an editor would say, with the schemas that the readers gave and a validator of others. */
class CatalogueSchemaTest {
    private static final Path TEN_MISTAKES = Path.of("src/test/resources/catalogue/ten-mistakes");
    private static final Map<String, ObjectNode> SCHEMAS = CatalogueSchema.all();
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void everyFileOfTheSampleIsValid() {
        // Given
        List<Path> files = yaml(SampleProvince.SHIPPED);
        assertThat(files).hasSizeGreaterThan(15);
        // When, Then
        assertThat(files)
                .allSatisfy(file -> assertThat(judged(SampleProvince.SHIPPED, file))
                        .as(file.toString())
                        .isEmpty());
    }

    @Test
    void whateverTheLoaderCallsAnUnknownKeyTheSchemaRefusesToo() {
        // Given
        List<Problem> unknown = ((Loaded.Refused) CatalogueLoader.load(TEN_MISTAKES))
                .problems().stream()
                        .filter(problem -> problem.code().equals(CheckCode.KEY_UNKNOWN.code()))
                        .toList();
        assertThat(unknown).isNotEmpty();
        // When, Then
        assertThat(unknown)
                .allSatisfy(problem -> assertThat(judged(TEN_MISTAKES, Path.of(problem.file())))
                        .anyMatch(message -> message.getType().equals("additionalProperties")));
    }

    @Test
    void theSchemaIsNeverStricterThanTheLoader() {
        // Given
        Set<String> faulty = Set.copyOf(((Loaded.Refused) CatalogueLoader.load(TEN_MISTAKES))
                .problems().stream().map(Problem::file).toList());
        // When, Then
        assertThat(yaml(TEN_MISTAKES))
                .filteredOn(file -> !faulty.contains(file.toString()))
                .allSatisfy(file -> assertThat(judged(TEN_MISTAKES, file))
                        .as(file.toString())
                        .isEmpty());
    }

    @Test
    void anEditorKnowsWordsRequiredKeysAndTheirChineseNames() {
        // Given
        JsonNode dataset = SCHEMAS.get("datasets");
        // When
        JsonNode item = dataset.at("/properties/items/additionalProperties");
        // Then
        assertThat(dataset.path("required"))
                .extracting(JsonNode::asText)
                .contains("title", "provider", "share", "items");
        assertThat(dataset.at("/properties/update/enum"))
                .extracting(JsonNode::asText)
                .contains("realtime", "daily");
        assertThat(dataset.at("/properties/update/description").asText()).contains("更新");
        assertThat(item.at("/properties/mask/enum"))
                .extracting(JsonNode::asText)
                .contains("surname", "token");
        assertThat(item.path("required")).extracting(JsonNode::asText).contains("label", "type", "level");
        assertThat(item.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(SCHEMAS.toString()).doesNotContain(Guess.ANY_NAME);
    }

    @Test
    void theReadersGiveTheSameSchemasEachTime() {
        assertThat(CatalogueSchema.all()).isEqualTo(SCHEMAS);
    }

    private static Set<ValidationMessage> judged(Path directory, Path file) {
        ObjectNode schema = SCHEMAS.get(kind(directory.relativize(file)));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(schema)
                .validate(typed(file));
    }

    private static String kind(Path relative) {
        return relative.getName(0).toString().replace(".yaml", "");
    }

    private static List<Path> yaml(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an editor types it, by YAML 1.2: numbers, booleans and nulls, but days and "on" as text. */
    private static JsonNode typed(Path file) {
        try {
            Yaml yaml = new Yaml(
                    new SafeConstructor(new LoaderOptions()),
                    new Representer(new DumperOptions()),
                    new DumperOptions(),
                    new LoaderOptions(),
                    new Yaml12());
            return JSON.valueToTree(yaml.load(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Yaml12 extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
            addImplicitResolver(Tag.INT, INT, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }
}
