package io.tongdao.ops.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.embedded.Secret;
import io.tongdao.release.TokenKey;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grant's files have a key of its own, which its consumer gets once, and which outlives processes and not its destruction. */
class Pkcs12FileKeysTest {
    private static final Secret PASSWORD = Secret.of("correct horse");
    private static final Instant NOW = Instant.parse("2026-12-01T01:02:03Z");
    private static final FileKey FIRST = new FileKey("yb", "yb-files", 1);

    @TempDir
    private Path dir;

    private Path file;
    private TokenKeyStore tokens;
    private FileKeyStore keys;

    @BeforeEach
    void create() {
        file = dir.resolve("token-keys.p12");
        tokens = Pkcs12Keys.create(file, PASSWORD, InstantSource.fixed(NOW), Map.of(), "test");
        keys = Pkcs12FileKeys.open(file, PASSWORD, InstantSource.fixed(NOW));
    }

    @Test
    void eachGrantHasAKeyOfItsOwnBesideTheKeysOfTokens() {
        // Given
        assertThat(tokens.current("yb", "yb-files")).isEqualTo(1);
        // When
        FileKey key = keys.current("yb", "yb-files");
        FileKey other = keys.current("yb", "yb-more");
        // Then
        assertThat(key).isEqualTo(FIRST);
        assertThat(keys.secret(key)).hasSize(16).isNotEqualTo(keys.secret(other));
        assertThat(reopened().current("yb", "yb-files")).isEqualTo(FIRST);
        assertThat(reopened().secret(FIRST)).isEqualTo(keys.secret(FIRST));
        assertThat(keys.list()).extracting(FileKeyRecord::key).containsExactly(FIRST, other);
        assertThat(tokens.list()).extracting(KeyRecord::key).containsExactly(new TokenKey("yb", "yb-files", 1));
    }

    @Test
    void aKeyIsHandedOutOnceWhateverProcessAsks() {
        // Given
        byte[] secret = keys.secret(keys.current("yb", "yb-files"));
        // When
        byte[] handed = keys.handOut(FIRST, "运维\nand more");
        // Then
        assertThat(handed).isEqualTo(secret);
        assertThat(reopened().list().getFirst().handed()).isEqualTo(new FileKeyRecord.Handed(NOW, "运维 and more"));
        assertThat(reopened().secret(FIRST)).isEqualTo(secret);
        assertThatThrownBy(() -> reopened().handOut(FIRST, "another"))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("was handed out at 2026-12-01T01:02:03Z by 运维 and more");
    }

    @Test
    void versionsGoUpAndADestroyedOneIsNeverMadeAgain() {
        // Given
        byte[] first = keys.secret(keys.current("yb", "yb-files"));
        // When
        FileKeyRecord second = keys.rotate("yb", "yb-files", "运维", "lost");
        keys.destroy(second.key(), "运维", "试验");
        FileKey third = keys.current("yb", "yb-files");
        // Then
        assertThat(second.handed()).isNull();
        assertThat(third.version()).isEqualTo(3);
        assertThat(keys.secret(third)).isNotEqualTo(first);
        assertThat(keys.secret(FIRST)).isEqualTo(first);
        assertThatThrownBy(() -> keys.secret(second.key())).hasMessageContaining("it was destroyed");
        assertThatThrownBy(() -> keys.handOut(second.key(), "运维")).hasMessageContaining("it was destroyed");
        assertThatThrownBy(() -> keys.destroy(second.key(), "运维", "again")).isInstanceOf(KeyRefused.class);
        assertThatThrownBy(() -> keys.rotate("yb", "nothing", "运维", "lost"))
                .hasMessageContaining("its first comes with its first sealed file");
        assertThat(keys.list().get(1).live()).isFalse();
    }

    @Test
    void noKeyIsInUseWhereNothingFlows() {
        assertThat(new KeysInUse(List.of()).of(FIRST, true, (Grant grant, FileKey key) -> true))
                .isEmpty();
    }

    private FileKeyStore reopened() {
        return Pkcs12FileKeys.open(file, PASSWORD, InstantSource.fixed(NOW));
    }
}
