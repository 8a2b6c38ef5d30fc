package io.tongdao.lakehouse.commit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** A local file to read. */
record LocalInput(String location) implements InputFile {
    @Override
    public long getLength() {
        try {
            return Files.size(LocalFileIO.path(location));
        } catch (NoSuchFileException e) {
            throw new NotFoundException(e, "no file %s", location);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + location, e);
        }
    }

    @Override
    public SeekableInputStream newStream() {
        try {
            return new Stream(FileChannel.open(LocalFileIO.path(location), StandardOpenOption.READ));
        } catch (NoSuchFileException e) {
            throw new NotFoundException(e, "no file %s", location);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + location, e);
        }
    }

    @Override
    public boolean exists() {
        return Files.exists(LocalFileIO.path(location));
    }

    private static final class Stream extends SeekableInputStream {
        private final FileChannel channel;
        private long position;

        Stream(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void seek(long newPosition) {
            position = newPosition;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = channel.read(ByteBuffer.wrap(into, offset, length), position);
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = Math.clamp(count, 0, channel.size() - position);
            position += skipped;
            return skipped;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
