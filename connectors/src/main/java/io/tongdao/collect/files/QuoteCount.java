package io.tongdao.collect.files;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Says at a CSV text's end whether a quote is left open: the parser takes the rest of the file for one value then. */
final class QuoteCount extends FilterReader {
    private long quotes;

    QuoteCount(Reader text) {
        super(text);
    }

    /** Of what was read so far. */
    boolean open() {
        return quotes % 2 != 0;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        quotes += c == '"' ? 1 : 0;
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        for (int i = offset; i < offset + read; i++) {
            quotes += buffer[i] == '"' ? 1 : 0;
        }
        return read;
    }
}
