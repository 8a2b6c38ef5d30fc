package io.tongdao.ops.collect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.collect.files.FileDigest;
import io.tongdao.collect.files.FileDigest.Algorithm;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What an agency's job does: writes a file, then its manifest. */
public final class Dropped {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path file;
    private final ObjectNode manifest = JSON.createObjectNode();

    private Dropped(Path file, String dataset, String kind, long sequence, long rows) throws IOException {
        this.file = file;
        manifest.put("format", 1);
        manifest.put("dataset", dataset);
        manifest.put("kind", kind);
        manifest.put("sequence", sequence);
        manifest.put("rows", rows);
        manifest.put("bytes", Files.size(file));
        manifest.put("digest", FileDigest.of(Algorithm.SM3, file).toString());
        manifest.put("taken_at", "2026-11-28T02:00:00+08:00");
    }

    public static Dropped csv(Path file, String dataset, String kind, long sequence, String charset, String... lines)
            throws IOException {
        Files.write(file, (String.join("\r\n", lines) + "\r\n").getBytes(Charset.forName(charset)));
        return of(file, dataset, kind, sequence, lines.length - 1L);
    }

    /** Of a file that is there. */
    public static Dropped of(Path file, String dataset, String kind, long sequence, long rows) throws IOException {
        return new Dropped(file, dataset, kind, sequence, rows);
    }

    public Dropped with(Consumer<ObjectNode> change) {
        change.accept(manifest);
        return this;
    }

    /** Rows whose BG is D are gone. */
    public Dropped deletions() {
        manifest.putObject("deletions").put("column", "BG").put("value", "D");
        return this;
    }

    /** Writes the manifest: the drop is complete. */
    public void announce() throws IOException {
        Files.writeString(file.resolveSibling(file.getFileName() + ".manifest.json"), manifest.toPrettyString());
    }
}
