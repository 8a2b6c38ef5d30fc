package io.tongdao.ops.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.seal.NoSealKey;
import io.tongdao.contract.seal.Sm4Gcm;
import io.tongdao.ops.embedded.Secret;
import io.tongdao.ops.keys.IncidentKeys.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentKeysTest {
    private static final String ID = "2026-quake-3";
    private static final byte[] KEY = "key".getBytes(UTF_8);
    private static final byte[] CLEAR = "clear".getBytes(UTF_8);

    @TempDir
    private Path dir;

    private Path file;
    private IncidentKeys keys;

    @BeforeEach
    void make() {
        file = dir.resolve("incident-keys.p12");
        keys = new IncidentKeys(file, Secret.of("password"), InstantSource.fixed(Instant.EPOCH));
    }

    @Test
    void beforeItsIncidentIsOpenedThereIsNoKey() {
        assertThat(keys.live(ID)).isFalse();
        assertThatThrownBy(() -> keys.of(ID)).isInstanceOf(NoSealKey.class);
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void aKeyIsMadeOnceAndStaysTheSame() throws Exception {
        // Given
        keys.begin(ID, "省数据局", "地震");
        byte[] sealed = keys.of(ID).seal("t", KEY, CLEAR);
        // When
        keys.begin(ID, "省数据局", "again");
        keys.begin("2026-flood-1", "省数据局", "洪水");
        // Then
        assertThat(keys.of(ID).open("t", KEY, sealed)).isEqualTo(CLEAR);
        assertThatThrownBy(() -> keys.of("2026-flood-1").open("t", KEY, sealed)).hasNoCause();
        assertThat(keys.held(ID).get(1).reason()).isEqualTo("地震");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void lockedItOpensNothingUntilItsUnlockingKeyIsBack() throws Exception {
        // Given
        keys.begin(ID, "省数据局", "地震");
        byte[] sealed = keys.of(ID).seal("t", KEY, CLEAR);
        byte[] unlocking = new byte[Sm4Gcm.KEY_BYTES];
        Arrays.fill(unlocking, (byte) 7);
        // When
        keys.lock(ID, unlocking, "省数据局", "封存");
        // Then
        assertThat(keys.held(ID).get(1).state()).isEqualTo(State.LOCKED);
        assertThat(keys.copy(ID)).isEmpty();
        assertThatThrownBy(() -> keys.of(ID)).isInstanceOf(NoSealKey.class);
        assertThatThrownBy(() -> keys.unlock(ID, new byte[Sm4Gcm.KEY_BYTES], "a", "b"))
                .isInstanceOf(KeyRefused.class);
        keys.unlock(ID, unlocking, "省数据局", "复核");
        assertThat(keys.of(ID).open("t", KEY, sealed)).isEqualTo(CLEAR);
    }

    @Test
    void destroyedItIsGoneForGood() {
        // Given
        keys.begin(ID, "省数据局", "地震");
        keys.lock(ID, new byte[Sm4Gcm.KEY_BYTES], "省数据局", "封存");
        // When
        keys.destroy(ID, "省数据局", "销毁");
        // Then
        assertThat(keys.held(ID).get(1).state()).isEqualTo(State.DESTROYED);
        keys.begin(ID, "省数据局", "again");
        keys.unlock(ID, new byte[Sm4Gcm.KEY_BYTES], "省数据局", "again");
        assertThat(keys.live(ID)).isFalse();
    }
}
