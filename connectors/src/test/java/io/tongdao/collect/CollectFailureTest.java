package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class CollectFailureTest {
    @Test
    void aFailureTellsCodesAndPlacesButNoTextOfOthers() {
        // Given
        Exception error = new IllegalStateException(
                "row 110105194912310021", new SQLException("Key (gmsfhm)=(110105194912310021)", "23505"));

        // When
        CollectFailure failure = CollectFailure.of("ga-db", error);

        // Then
        assertThat(failure.line()).contains("IllegalStateException", "23505").doesNotContain("110105194912310021");
    }
}
