package io.tongdao.ops.embedded;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * Writes an exception into the log: types and places of it and of its causes. Messages only of this project's own exceptions, which
 * never hold a value; those of libraries and drivers quote rows.
 */
public final class TraceWithoutMessages extends ThrowableHandlingConverter {
    private static final String OWN = "io.tongdao.";
    private static final int FRAMES = 30;

    @Override
    public String convert(ILoggingEvent event) {
        StringBuilder out = new StringBuilder();
        for (IThrowableProxy each = event.getThrowableProxy();
                each != null && !each.isCyclic();
                each = each.getCause()) {
            trace(each, out);
        }
        return out.toString();
    }

    private static void trace(IThrowableProxy thrown, StringBuilder out) {
        String type = thrown.getClassName();
        out.append(type);
        if (type.startsWith(OWN) && thrown.getMessage() != null) {
            out.append(": ").append(thrown.getMessage());
        }
        out.append('\n');
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        int shown = Math.min(FRAMES, frames.length - thrown.getCommonFrames());
        for (int i = 0; i < shown; i++) {
            out.append("    ").append(frames[i].getSTEAsString()).append('\n');
        }
    }
}
