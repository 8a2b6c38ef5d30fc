package io.tongdao.ops.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.contract.seal.Seal;
import io.tongdao.ops.embedded.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A copy of an incident's key as a file that its owner alone can read: JSON with {@code incident} and {@code keys}, version → 32 hex digits. It
 * opens what emergency grants under the incident release.
 */
public record KeyCopy(String incident, Map<String, String> keys) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static KeyCopy of(String incident, SortedMap<Integer, byte[]> keys) {
        Map<String, String> hex = new TreeMap<>();
        keys.forEach(
                (version, key) -> hex.put(version.toString(), HexFormat.of().formatHex(key)));
        return new KeyCopy(incident, hex);
    }

    /** @throws IncidentRefused if that is no such file; says nothing of its content */
    public static KeyCopy read(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), KeyCopy.class);
        } catch (IOException e) {
            throw new IncidentRefused(file + " is no copy of an incident's key: the authority makes one with ./tongdao"
                    + " incident key");
        }
    }

    /** What opens by it. */
    public Seal seal() {
        SortedMap<Integer, byte[]> all = new TreeMap<>();
        keys.forEach((version, key) ->
                all.put(Integer.parseInt(version), HexFormat.of().parseHex(key)));
        return new Seal(all);
    }

    void write(Path file) {
        secret(file, json());
    }

    private String json() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a copy of a key can't be written", e);
        }
    }

    /** A new file that its owner alone can read, and that is on the disk when this returns. */
    static void secret(Path file, String text) {
        if (Files.exists(file)) {
            throw new IncidentRefused(file + " is there already: name a new file");
        }
        try {
            DurableFiles.write(file.toAbsolutePath(), text, DurableFiles.OWNER_ONLY);
        } catch (IOException e) {
            throw new IncidentRefused("the key can't be written to " + file + " ("
                    + e.getClass().getSimpleName() + "): name a file in a directory that is there");
        }
    }

    @Override
    public String toString() {
        return "KeyCopy[" + incident + "]";
    }
}
