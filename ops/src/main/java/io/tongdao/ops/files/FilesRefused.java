package io.tongdao.ops.files;

/** What was asked about files of a grant can't be done; the message is one line for the console. */
public final class FilesRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FilesRefused(String line) {
        super(line);
    }
}
