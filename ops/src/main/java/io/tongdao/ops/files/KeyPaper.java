package io.tongdao.ops.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.contract.seal.Sm4Gcm;
import io.tongdao.ops.embedded.DurableFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;

/** The key of a grant's files as its consumer gets it: a small file that its owner alone can read. */
public final class KeyPaper {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final String consumer;
    private final String grant;
    private final int version;
    private final byte[] key;

    public KeyPaper(String consumer, String grant, int version, byte[] key) {
        this.consumer = consumer;
        this.grant = grant;
        this.version = version;
        this.key = key.clone();
    }

    /**
     * Makes an empty file where a key is to be, before a key is taken for it.
     *
     * @throws FilesRefused if something is there, or nothing can be
     */
    public static void reserve(Path file) {
        try {
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(DurableFiles.OWNER_ONLY)));
        } catch (FileAlreadyExistsException e) {
            throw new FilesRefused(file + " is there already: name a file that is not");
        } catch (IOException e) {
            throw new FilesRefused(file + " can't be written (" + e.getClass().getSimpleName() + ")");
        }
    }

    public void write(Path file) throws IOException {
        String text = JSON.createObjectNode()
                .put("algorithm", "SM4-GCM")
                .put("consumer", consumer)
                .put("grant", grant)
                .put("version", version)
                .put("key", HexFormat.of().formatHex(key))
                .toPrettyString();
        DurableFiles.write(file, text + "\n", DurableFiles.OWNER_ONLY);
    }

    /** @throws FilesRefused if it is no key; nothing of its content is told */
    public static KeyPaper read(Path file) {
        try {
            JsonNode read = JSON.readTree(file.toFile());
            byte[] key = HexFormat.of().parseHex(read.path("key").asText());
            if (key.length == Sm4Gcm.KEY_BYTES) {
                return new KeyPaper(
                        read.path("consumer").asText(),
                        read.path("grant").asText(),
                        read.path("version").asInt(),
                        key);
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // said below
        } catch (IOException e) {
            throw new FilesRefused(file + " can't be read (" + e.getClass().getSimpleName() + ")");
        }
        throw new FilesRefused(file + " is no key of files: it is what ./tongdao grant files ID --key FILE wrote");
    }

    String grant() {
        return grant;
    }

    int version() {
        return version;
    }

    byte[] key() {
        return key.clone();
    }

    @Override
    public String toString() {
        return "KeyPaper[" + grant + " f" + version + " ***]";
    }
}
