package io.tongdao.ops.query;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Buffers what goes to standard output, and notices when nobody reads it any more: a {@link PrintWriter} alone would go on for ever. */
final class PipeOut extends Writer {
    private static final int BUFFER = 1 << 16;

    private final PrintWriter out;
    private final StringBuilder buffer = new StringBuilder(BUFFER);

    PipeOut(PrintWriter out) {
        this.out = out;
    }

    /** Nobody reads what is written. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
        buffer.append(chars, offset, length);
        pass(BUFFER);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        buffer.append(text, offset, offset + length);
        pass(BUFFER);
    }

    private void pass(int least) throws IOException {
        if (buffer.length() >= least) {
            out.append(buffer);
            buffer.setLength(0);
            if (out.checkError()) {
                throw new Broken();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        pass(0);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
