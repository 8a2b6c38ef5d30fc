package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.common.BaseSourceTask;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Debezium's tasks keep their queue where a quiet task looks for it. */
class ChangesWaitingTest {
    static Stream<BaseSourceTask<?, ?>> tasks() {
        return Stream.of(
                new KeyedPostgresTask(), new KeyedMariaDbTask(), new KeyedMySqlTask(), new KeyedSqlServerTask());
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aTaskHasOneQueue(BaseSourceTask<?, ?> task) {
        assertThat(Stream.<Class<?>>iterate(task.getClass(), type -> type != null, Class::getSuperclass)
                        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                        .map(Field::getType)
                        .filter(ChangeEventQueue.class::equals))
                .hasSize(1);
    }
}
