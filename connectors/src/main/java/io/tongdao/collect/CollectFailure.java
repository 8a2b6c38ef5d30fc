package io.tongdao.collect;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the collection of a connection broke or of an inbox stopped, in one line for people.
 *
 * @param line names classes and codes of the causes; texts only of our own, since others quote values
 */
public record CollectFailure(String connection, String line) {

    static CollectFailure of(String connection, @Nullable Throwable error) {
        List<String> causes = new ArrayList<>();
        for (Throwable cause = error; cause != null && causes.size() < 8; cause = cause.getCause()) {
            causes.add(
                    switch (cause) {
                        case CollectException own -> own.getMessage();
                        case SQLException sql ->
                            sql.getClass().getSimpleName() + " (SQL state " + sql.getSQLState() + ')';
                        default -> cause.getClass().getSimpleName() + " at " + place(cause);
                    });
        }
        return new CollectFailure(
                connection, causes.isEmpty() ? "stopped without an error" : String.join(" < ", causes));
    }

    private static String place(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        return trace.length == 0
                ? "?"
                : trace[0].getClassName().substring(trace[0].getClassName().lastIndexOf('.') + 1)
                        + ':'
                        + trace[0].getLineNumber();
    }

    static <T extends Throwable> @Nullable T find(Class<T> type, @Nullable Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
