package io.tongdao.lakehouse.sink;

import io.tongdao.lakehouse.commit.LocalFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** Local files that fail at one chosen call: opening a file to read or write, or the write that closes it and leaves it torn. */
public final class FaultyIO implements FileIO {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger CALLS_LEFT = new AtomicInteger(Integer.MAX_VALUE);

    private final LocalFileIO files = new LocalFileIO();

    /** The call after the next {@code calls} ones fails, once. */
    static void failAfter(int calls) {
        CALLS_LEFT.set(calls);
    }

    static void heal() {
        CALLS_LEFT.set(Integer.MAX_VALUE);
    }

    private static void call() {
        if (CALLS_LEFT.getAndDecrement() == 0) {
            throw new UncheckedIOException("injected", new IOException("injected"));
        }
    }

    @Override
    public void initialize(Map<String, String> properties) {
        files.initialize(properties);
    }

    @Override
    public InputFile newInputFile(String location) {
        call();
        return files.newInputFile(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        call();
        return new Torn(files.newOutputFile(location));
    }

    @Override
    public void deleteFile(String location) {
        call();
        files.deleteFile(location);
    }

    private record Torn(OutputFile file) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            return new TornStream(file.create());
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return new TornStream(file.createOrOverwrite());
        }

        @Override
        public String location() {
            return file.location();
        }

        @Override
        public InputFile toInputFile() {
            return file.toInputFile();
        }
    }

    private static final class TornStream extends PositionOutputStream {
        private final PositionOutputStream out;

        TornStream(PositionOutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }

        @Override
        public void close() throws IOException {
            try (out) {
                call();
            }
        }
    }
}
