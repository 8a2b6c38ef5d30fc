package io.tongdao.ops.embedded;

import org.jspecify.annotations.Nullable;

/** An embedded part could not be started; the message is one line that says what to do and is fit for the console. */
public final class StartFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartFailedException(String line) {
        super(line);
    }

    public StartFailedException(String line, @Nullable Throwable cause) {
        super(line, cause);
    }
}
