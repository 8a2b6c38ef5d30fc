package io.tongdao.ops.opening;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.plan.Plan;
import io.tongdao.lakehouse.query.TableFiles;
import io.tongdao.lakehouse.query.TableFiles.Column;
import io.tongdao.lakehouse.query.TableFiles.Format;
import io.tongdao.lakehouse.query.TableFiles.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fills the directory of a version: data in three forms, what describes it, and a manifest with the digests of all of that. */
final class OpenFiles {
    static final String MANIFEST = "manifest.json";
    static final String NOTICE = "notice.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Format> FORMATS = Arrays.asList(Format.values());

    private OpenFiles() {}

    static String data(Format format) {
        return "data." + format.word();
    }

    /** @return SHA-256 of the manifest, hex */
    static String fill(Path empty, Version version, Plan plan, List<List<@Nullable String>> rows) throws IOException {
        List<Column> columns = version.shown().stream()
                .map(item -> new Column(item.name(), Described.type(item.type(), version.rung(item))))
                .toList();
        new TableFiles(columns, rows)
                .write(FORMATS.stream()
                        .map(format -> new Target(empty.resolve(data(format)), format))
                        .toList());
        Described described = new Described(version, plan);
        Map<String, String> digests = new TreeMap<>();
        for (Format format : FORMATS) {
            digests.put(data(format), digest(empty.resolve(data(format))));
        }
        describe(empty, "dictionary.json", described.dictionary(), digests);
        describe(empty, "report.json", described.report(), digests);
        describe(empty, "dcat.jsonld", described.dcat(digests, FORMATS), digests);
        return manifest(empty, digests);
    }

    private static void describe(Path directory, String name, JsonNode content, Map<String, String> digests)
            throws IOException {
        digests.put(name, write(directory, name, content));
    }

    private static String manifest(Path directory, Map<String, String> digests) throws IOException {
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("algorithm", "SHA-256");
        ObjectNode files = manifest.putObject("files");
        for (Map.Entry<String, String> file : digests.entrySet()) {
            files.putObject(file.getKey())
                    .put("bytes", Files.size(directory.resolve(file.getKey())))
                    .put("digest", file.getValue());
        }
        return write(directory, MANIFEST, manifest);
    }

    /** @return its digest */
    static String write(Path directory, String name, JsonNode content) throws IOException {
        Path file = directory.resolve(name);
        Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
        return digest(file);
    }

    private static String digest(Path file) throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
