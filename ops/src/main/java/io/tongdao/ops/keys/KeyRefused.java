package io.tongdao.ops.keys;

/** What was asked of the keys can't be done; the message is one line for the console and holds no key. */
public final class KeyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyRefused(String line) {
        super(line);
    }
}
