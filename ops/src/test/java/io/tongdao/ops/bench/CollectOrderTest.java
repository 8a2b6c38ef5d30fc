package io.tongdao.ops.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.Source;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectOrderTest {
    @Test
    void anOrderComesOutOfItsLineAsItWentIn() {
        // Given
        CollectOrder order = new CollectOrder(
                "bench",
                Source.Engine.MARIADB,
                1,
                "d",
                "u",
                "file:/x",
                Map.of("bootstrap.servers", "127.0.0.1:2"),
                "http://127.0.0.1:3",
                true,
                "/catalogue",
                Map.of("secrets", "/y"));

        // When
        CollectOrder read = CollectOrder.parse(order.line().strip());

        // Then
        assertThat(read).isEqualTo(order);
    }
}
