package io.tongdao.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which faults end a stage, and which end with another try. */
class StageFailureTest {
    private static Stream<KafkaException> ofTheMoment() {
        return Stream.of(
                new InvalidTxnStateException("the transaction was given up"),
                new TransactionAbortedException(),
                new SaslAuthenticationException("not known yet"),
                new TimeoutException("no answer"));
    }

    private static Stream<KafkaException> forGood() {
        return Stream.of(new TopicAuthorizationException("refused"), new RecordTooLargeException("too large"));
    }

    @ParameterizedTest
    @MethodSource("ofTheMoment")
    void whatAnOverloadedClusterDoesPasses(KafkaException why) {
        assertThat(StageFailure.passing(new StreamsException(why))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("forGood")
    void whatComesAgainEndsTheStage(KafkaException why) {
        assertThat(StageFailure.passing(new StreamsException(why))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("forGood")
    void aFailureIsToldByNamesAndKafkasOwnWords(KafkaException why) {
        StageFailure told = StageFailure.of("compose", new IllegalStateException("with a value", why));

        assertThat(told.what())
                .containsExactly(
                        "java.lang.IllegalStateException", why.getClass().getSimpleName() + ": " + why.getMessage());
    }
}
