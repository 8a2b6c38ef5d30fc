package io.tongdao.ops.cli;

/** Ends a command with one line for its user and an exit code. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int exitCode;

    public CommandFailedException(String message) {
        this(Main.FAILED, message);
    }

    public CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
