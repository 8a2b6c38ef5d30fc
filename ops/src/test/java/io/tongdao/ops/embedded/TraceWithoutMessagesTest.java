package io.tongdao.ops.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class TraceWithoutMessagesTest {
    private static final String VALUE = "530102199003071238";

    @Test
    void keepsBackWhatALibraryQuotes() {
        // Given
        Throwable driver = new IllegalArgumentException("Key (gmsfhm)=(" + VALUE + ") already exists");
        Throwable own =
                new StartFailedException("the database does not answer", new IllegalStateException(VALUE, driver));
        // When
        String text = converted(own);
        // Then
        assertThat(text)
                .contains("StartFailedException: the database does not answer")
                .contains("java.lang.IllegalStateException\n")
                .contains("java.lang.IllegalArgumentException\n")
                .contains("TraceWithoutMessagesTest.java")
                .doesNotContain(VALUE);
    }

    @Test
    void saysNothingWhereNothingWasThrown() {
        assertThat(converted(null)).isEmpty();
    }

    private static String converted(Throwable thrown) {
        var event = new LoggingEvent("test", new LoggerContext().getLogger("test"), Level.WARN, "said", thrown, null);
        return new TraceWithoutMessages().convert(event);
    }
}
