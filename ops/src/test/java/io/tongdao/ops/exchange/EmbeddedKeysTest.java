package io.tongdao.ops.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.StartFailedException;
import io.tongdao.release.MasterSecret;
import io.tongdao.release.TokenKey;
import io.tongdao.release.mask.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of consumers' tokens under a data directory, from the first start to the loss of them. */
class EmbeddedKeysTest {
    private static final Path GRANTS = Path.of("../avro/src/test/resources/catalogue/four-agencies/grants");

    @TempDir
    private Path dir;

    private DataDirectory data;
    private Path store;

    @BeforeEach
    void open() {
        data = DataDirectory.open(dir.resolve("data"));
        store = data.secrets().resolve("token-keys.p12");
    }

    @Test
    void areMadeAtTheFirstStartAndFoundAtTheNext() throws IOException {
        // When
        EmbeddedKeys.begin(data, true);
        int version = EmbeddedKeys.tokens(data).current("yb", "medical_insurance");
        EmbeddedKeys.begin(data, false);
        // Then
        assertThat(EmbeddedKeys.tokens(data).list())
                .extracting(record -> record.key().version())
                .containsExactly(version);
        for (Path file : EmbeddedKeys.tokenFiles(data)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void tokensOfAnEarlierTongdaoGoOnAndItsSecretIsForgotten() {
        // Given
        Path master = data.secrets().resolve("token-master");
        byte[] secret = MasterSecret.remembered(master);
        Grant grant = GrantFile.read(GRANTS.resolve("yb-enrolment.yaml"), "test", Instant.EPOCH);
        String before = Tokens.of(secret, "yb", grant.purpose()).token("person", "11010519491231002X");
        // When
        EmbeddedKeys.begin(data, false);
        EmbeddedKeys.adopt(data, List.of(grant, grant));
        EmbeddedKeys.adopt(data, List.of(grant));
        // Then
        TokenKey first = new TokenKey("yb", grant.purpose(), 1);
        assertThat(new Tokens(EmbeddedKeys.tokens(data).hmac(first), 1).token("person", "11010519491231002X"))
                .isEqualTo(before)
                .startsWith("t1:");
        assertThat(EmbeddedKeys.tokens(data).current("yb", grant.purpose())).isEqualTo(1);
        assertThat(master).doesNotExist();
    }

    @Test
    void aStoreThatIsLostIsNotMadeAnew() throws IOException {
        // Given
        EmbeddedKeys.begin(data, true);
        Files.delete(store);
        // When / Then
        assertFails("token-keys.p12 (NoSuchFileException); bring the file and its password back");
        assertThat(store).doesNotExist();
    }

    @Test
    void aPasswordThatIsLostIsNotMadeAnew() throws IOException {
        // Given
        EmbeddedKeys.begin(data, true);
        Path password = data.secrets().resolve("token-keys-password");
        Files.delete(password);
        // When / Then
        assertFails("no secret at file:" + password);
        assertThat(password).doesNotExist();
    }

    @Test
    void aStoreThatAnotherPasswordOpensIsRefused() throws IOException {
        // Given
        EmbeddedKeys.begin(data, true);
        Files.write(data.secrets().resolve("token-keys-password"), "another".getBytes(UTF_8));
        // When / Then
        assertFails("can't be read from");
    }

    private void assertFails(String why) {
        assertThatThrownBy(() -> EmbeddedKeys.begin(data, false))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining(why)
                .message()
                .hasLineCount(1)
                .doesNotContain("another");
    }
}
