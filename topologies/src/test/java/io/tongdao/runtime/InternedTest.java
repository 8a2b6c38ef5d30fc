package io.tongdao.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InternedTest {
    private final Interned interned = new Interned();

    @Test
    void everyTextIsItself() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text = "项" + random.nextInt(3_000) + "x".repeat(random.nextInt(80));
            byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);

            assertThat(interned.text(bytes, 1, bytes.length - 1)).isEqualTo(text);
        }
    }

    @Test
    void aNameIsMadeOnce() {
        byte[] bytes = "full_name|full_name".getBytes(StandardCharsets.UTF_8);

        assertThat(interned.text(bytes, 0, 9)).isSameAs(interned.text(bytes, 10, 19));
        assertThat(interned.text(bytes, 0, 0)).isEmpty();
    }
}
