package io.tongdao.ops.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.catalogue.CatalogueSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tongdao catalogue schema --out DIR}: what editors complete and check the catalogue's files by. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        header = "Writes the JSON Schemas of the catalogue's files, for editors.",
        description = {
            "Writes a JSON Schema (draft 7) for each kind of catalogue file, so that an editor completes keys and words and marks",
            "unknown ones, and prints the settings that tie them to the files in VS Code's YAML extension. They are made from what",
            "this version reads: write them anew after an upgrade. What spans files is for \"tongdao check\" to say."
        })
final class CatalogueSchemaCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The directory; made if there is none")
    @SuppressWarnings("NullAway.Init") // required
    private Path out;

    @Override
    public Integer call() throws IOException {
        JsonMapper json = new JsonMapper();
        Map<String, ObjectNode> schemas = CatalogueSchema.all();
        ObjectNode settings = json.createObjectNode();
        for (Map.Entry<String, ObjectNode> schema : schemas.entrySet()) {
            Path file = out.resolve(schema.getKey() + ".schema.json");
            Files.writeString(Written.beneath(file), schema.getValue().toPrettyString() + "\n");
            settings.putArray(file.toString())
                    .add("**/" + schema.getKey() + ".yaml")
                    .add("**/" + schema.getKey() + "/**/*.yaml");
        }
        ObjectNode editor = json.createObjectNode();
        editor.set("yaml.schemas", settings);
        PrintWriter console = spec.commandLine().getOut();
        console.printf("wrote %d schemas to %s; in .vscode/settings.json:%n", schemas.size(), out);
        console.println(editor.toPrettyString());
        return 0;
    }
}
