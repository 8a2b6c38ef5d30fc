package io.tongdao.contract.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (draft 7) of each kind of catalogue file, for editors. Not kept by hand: the readers themselves are run over
 * documents that are made up, and what they ask for is the schema. It refuses every key that no reader knows, and is never stricter
 * than the readers; what spans files is for {@code tongdao check} to say.
 */
public final class CatalogueSchema {
    /** Each document is made up anew so often; every way of a reader is taken many times over. */
    private static final int DOCUMENTS = 400;

    private static final long SEED = 15;
    private static final Pattern CHINESE = Pattern.compile("\\(([^)]*\\p{IsHan}[^)]*)\\)");
    private static final Pattern REMEDY = Pattern.compile("(?s)[^:]*: (?!add it$|add them$)(.*)");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CatalogueSchema() {}

    /** By kind of file: {@code agencies}, {@code datasets}, {@code base}, …, {@code grants}. */
    public static Map<String, ObjectNode> all() {
        Map<String, Outline> outlines = new TreeMap<>();
        Random random = new Random(SEED);
        CatalogueLoader.ask((register, what) -> {
            Outline outline = outlines.computeIfAbsent(register, name -> new Outline());
            return IntStream.range(0, DOCUMENTS).mapToObj(n -> Guess.document(what, random, outline));
        });
        Outline grants = outlines.computeIfAbsent("grants", name -> new Outline());
        IntStream.range(0, DOCUMENTS).forEach(n -> GrantFile.ask(Guess.document("grant", random, grants)));
        Map<String, ObjectNode> schemas = new TreeMap<>();
        outlines.forEach((register, outline) -> schemas.put(register, document(register, outline)));
        return schemas;
    }

    private static ObjectNode document(String register, Outline outline) {
        ObjectNode schema = JSON.objectNode()
                .put("$schema", "http://json-schema.org/draft-07/schema#")
                .put("title", "Tongdao catalogue: " + register);
        schema.setAll(mapping(outline));
        return schema;
    }

    private static ObjectNode mapping(Outline outline) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = JSON.objectNode();
        outline.keys().forEach((name, key) -> {
            if (name.equals(Guess.ANY_NAME)) {
                schema.set("additionalProperties", value(key));
                Pattern names = names(key);
                if (names != null) {
                    schema.set("propertyNames", JSON.objectNode().put("pattern", anchored(names)));
                }
            } else if (!name.isEmpty()) {
                properties.set(name, value(key));
            }
        });
        if (!schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
        if (!properties.isEmpty()) {
            schema.set("properties", properties);
        }
        ArrayNode required = JSON.arrayNode();
        outline.required().stream().filter(name -> !name.equals(Guess.ANY_NAME)).forEach(required::add);
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema;
    }

    /** Readers check the name of a named entry as its key {@code ""}. */
    private static @Nullable Pattern names(Outline.Key key) {
        Outline.Key name = key.section() == null ? null : key.section().keys().get("");
        return name == null ? null : name.form();
    }

    private static ObjectNode value(Outline.Key key) {
        ArrayNode shapes = JSON.arrayNode();
        if (!key.words().isEmpty()) {
            shapes.add(words(key));
        } else if (key.text()) {
            shapes.add(text(key));
        }
        if (key.list()) {
            shapes.add(JSON.objectNode().put("type", "array"));
        }
        if (key.section() != null) {
            shapes.add(mapping(key.section()));
        }
        if (key.listed() != null) {
            ObjectNode list = JSON.objectNode().put("type", "array");
            list.set("items", mapping(key.listed()));
            shapes.add(list);
        }
        ObjectNode schema = JSON.objectNode();
        String description = description(key.remedy());
        if (!description.isEmpty()) {
            schema.put("description", description);
        }
        if (shapes.size() == 1) {
            schema.setAll((ObjectNode) shapes.get(0));
        } else if (!shapes.isEmpty()) {
            schema.set("anyOf", shapes);
        }
        return schema;
    }

    private static ObjectNode words(Outline.Key key) {
        ArrayNode words = JSON.arrayNode();
        key.words().forEach(words::add);
        if (key.words().contains("true")) {
            words.add(true).add(false);
        }
        ObjectNode schema = JSON.objectNode();
        schema.set("enum", words.addNull());
        return schema;
    }

    private static ObjectNode text(Outline.Key key) {
        ObjectNode schema = JSON.objectNode();
        schema.set(
                "type",
                JSON.arrayNode().add("string").add("number").add("boolean").add("null"));
        if (key.form() != null) {
            schema.put("pattern", anchored(key.form()));
        }
        return schema;
    }

    private static String anchored(Pattern form) {
        return "^(" + form.pattern() + ")?$";
    }

    /** What the message about a missing key says of it: its Chinese name and what to write. */
    private static String description(String remedy) {
        Matcher chinese = CHINESE.matcher(remedy);
        String name = chinese.find() ? chinese.group(1) : "";
        Matcher matcher = REMEDY.matcher(remedy);
        String write = matcher.matches() ? matcher.group(1) : "";
        return name.isEmpty() || write.isEmpty() ? name + write : name + "; " + write;
    }
}
