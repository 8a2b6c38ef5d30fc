package io.tongdao.lakehouse.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A local file to write: buffered, durable with its name once closed. */
record LocalOutput(String location, boolean fsync) implements OutputFile {
    private static final int BUFFER = 1 << 16;

    @Override
    public PositionOutputStream create() {
        return open(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
        return open(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    @Override
    public InputFile toInputFile() {
        return new LocalInput(location);
    }

    private PositionOutputStream open(OpenOption... options) {
        Path path = LocalFileIO.path(location).toAbsolutePath();
        Path directory = path.resolveSibling(".").normalize();
        try {
            LocalFileIO.makeDirectories(directory, fsync);
            return new Stream(FileChannel.open(path, options), directory, fsync);
        } catch (FileAlreadyExistsException e) {
            throw new AlreadyExistsException(e, "file %s is there already", location);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + location, e);
        }
    }

    private static final class Stream extends PositionOutputStream {
        private final FileChannel channel;
        private final Path directory;
        private final boolean fsync;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        private long drained;
        private boolean closed;

        Stream(FileChannel channel, Path directory, boolean fsync) {
            this.channel = channel;
            this.directory = directory;
            this.fsync = fsync;
        }

        @Override
        public long getPos() {
            return drained + buffer.position();
        }

        @Override
        public void write(int b) throws IOException {
            if (!buffer.hasRemaining()) {
                flush();
            }
            buffer.put((byte) b);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (length > buffer.remaining()) {
                flush();
            }
            if (length > buffer.remaining()) {
                drain(ByteBuffer.wrap(from, offset, length));
            } else {
                buffer.put(from, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            drain(buffer.flip());
            buffer.clear();
        }

        private void drain(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                drained += channel.write(bytes);
            }
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try (channel) {
                flush();
                if (fsync) {
                    channel.force(true);
                }
            }
            if (fsync) {
                LocalFileIO.syncDirectory(directory);
            }
        }
    }
}
