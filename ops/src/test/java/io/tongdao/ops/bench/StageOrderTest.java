package io.tongdao.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StageOrderTest {
    @Test
    void anOrderComesOutOfItsLineAsItWentIn() {
        // Given
        StageOrder order = new StageOrder(
                Map.of("sasl.jaas.config", "password=\"secret\""),
                "http://127.0.0.1:3",
                "/catalogue",
                "/state",
                StageOrder.Measured.RELEASE_FLOOR);

        // When
        StageOrder read = StageOrder.parse(order.line().strip());

        // Then
        assertThat(read).isEqualTo(order);
        assertThat(read.toString()).doesNotContain("secret");
    }

    @Test
    void figuresComeOutOfTheirLineAsTheyWentIn() {
        // Given
        StageFigures figures = new StageFigures(true, 1, 2, 3, 4);

        // When
        StageFigures read = StageFigures.parse(figures.line());

        // Then
        assertThat(read).isEqualTo(figures);
        assertThat(read.idle()).isFalse();
    }
}
