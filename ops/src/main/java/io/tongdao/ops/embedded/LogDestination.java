package io.tongdao.ops.embedded;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.PropertyDefinerBase;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/**
 * Decides for {@code logback.xml} where log lines go: to the console (warnings and worse) until a data directory is in use, from then
 * on to {@code logs/tongdao.log} there, and only errors to the console.
 */
public final class LogDestination extends PropertyDefinerBase {
    static final String DIRECTORY = "tongdao.log.dir";

    /** Sends the log of this process to {@code data} from now on, whatever was logged before. */
    public static void use(DataDirectory data) {
        System.setProperty(DIRECTORY, data.logs().toString());
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            try {
                new ContextInitializer(context).autoConfig();
            } catch (JoranException e) {
                throw new StartFailedException("the log can't be set up: " + e, e);
            }
        }
    }

    @Override
    public String getPropertyValue() {
        return System.getProperty(DIRECTORY, "").isEmpty() ? "WARNINGS" : "FILE";
    }
}
