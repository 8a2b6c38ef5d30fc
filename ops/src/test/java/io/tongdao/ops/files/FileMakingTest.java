package io.tongdao.ops.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.seal.FileDigest;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.keys.FileKey;
import io.tongdao.ops.keys.KeyRefused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version is what the grant releases, whole and as its manifest says, or there is none. */
class FileMakingTest {
    private static final Instant NOW = Instant.parse("2026-12-01T02:03:04.567Z");

    @TempDir
    private Path dir;

    private DataDirectory data;
    private FileShelf shelf;

    @BeforeEach
    void open() {
        data = DataDirectory.open(dir.resolve("data"));
        shelf = new FileShelf(data);
    }

    @Test
    void aVersionSaysWhatItIsAndByWhatItIsRecognised() throws Exception {
        // Given
        Making making = new Making(data, false);
        // When
        FileVersion made = making.of(shelf).make(Making.rows(100), NOW, () -> true);
        // Then
        assertThat(data.root().relativize(made.directory())).hasToString("files/yb/yb-files/e1/20261201T020304567Z");
        assertThat(made.data()).hasFileName("data.csv");
        assertThat(Files.readAllLines(made.data()))
                .hasSize(101)
                .startsWith("_key,full_name,birth_date,_disputed,_withheld", "t1:0,张*,1990-03-07,[],[]");
        FileManifest manifest = made.manifest();
        assertThat(manifest.rows()).isEqualTo(100);
        assertThat(manifest.offsets()).containsEntry(0, 100L);
        assertThat(manifest.items())
                .contains(new FileManifest.Item(
                        "full_name",
                        "姓名",
                        "varchar",
                        "surname",
                        manifest.items().getFirst().level()));
        assertThat(manifest.data().digest()).isEqualTo(FileDigest.of(made.data()));
        assertThat(manifest.sealed()).isNull();
        assertThat(Files.getPosixFilePermissions(data.files())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(inside(made.directory())).containsExactlyInAnyOrder("data.csv", "manifest.json");
        assertThat(shelf.versions(making.grant())).containsExactly(made);
    }

    @Test
    void theSameRowsAreTheSameBytesAndVersionsSortByTime() throws Exception {
        // Given
        Making making = new Making(data, false);
        // When
        FileVersion first = making.of(shelf).make(Making.rows(500), NOW, () -> true);
        FileVersion clockSetBack = making.of(shelf).make(Making.rows(500), NOW.minusSeconds(60), () -> true);
        // Then
        assertThat(clockSetBack.data()).hasSameBinaryContentAs(first.data());
        assertThat(shelf.versions(making.grant())).containsExactly(first, clockSetBack);
    }

    @Test
    void whatIsSealedOpensWithTheKeyThatIsHandedOutOnce() throws Exception {
        // Given
        Making making = new Making(data, true);
        FileVersion plain = new Making(data, false).of(shelf).make(Making.rows(5_000), NOW, () -> true);
        // When
        FileVersion sealed = making.of(shelf).make(Making.rows(5_000), NOW.plusSeconds(1), () -> true);
        FileKey key = making.keys().current("yb", "yb-files");
        KeyPaper paper =
                new KeyPaper("yb", "yb-files", key.version(), making.keys().handOut(key, "运维"));
        Path file = dir.resolve("key");
        paper.write(file);
        Path out = dir.resolve("opened.csv");
        long rows = new Unsealing(KeyPaper.read(file), sealed.directory().resolve(FileManifest.NAME))
                .open(sealed.data(), out);
        // Then
        assertThat(inside(sealed.directory())).containsExactlyInAnyOrder("data.csv.sm4", "manifest.json");
        assertThat(Files.readString(sealed.data(), StandardCharsets.ISO_8859_1)).doesNotContain("t1:", "1990-03-07");
        assertThat(rows).isEqualTo(5_000);
        assertThat(out).hasSameBinaryContentAs(plain.data());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(out)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> making.keys().handOut(key, "运维"))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("was handed out at");
        assertThat(making.keys().list())
                .singleElement()
                .satisfies(record -> assertThat(record.handed()).isNotNull());
    }

    @Test
    void whatWasChangedOrIsAnothersIsNotOpened() throws Exception {
        // Given
        Making making = new Making(data, true);
        FileVersion one = making.of(shelf).make(Making.rows(10), NOW, () -> true);
        FileVersion other = making.of(shelf).make(Making.rows(10), NOW.plusSeconds(1), () -> true);
        byte[] secret = making.keys().secret(making.keys().current("yb", "yb-files"));
        Path out = dir.resolve("out.csv");
        Path changed = dir.resolve("changed.sm4");
        byte[] bytes = Files.readAllBytes(one.data());
        bytes[bytes.length / 2] ^= 1;
        Files.write(changed, bytes);
        // When, Then
        refuses(new KeyPaper("yb", "yb-files", 1, secret), one, changed, out, "is not what its manifest describes");
        refuses(
                new KeyPaper("yb", "yb-files", 1, secret),
                one,
                other.data(),
                out,
                "is not what its manifest describes");
        refuses(new KeyPaper("yb", "yb-files", 2, secret), one, one.data(), out, "this is key f2");
        refuses(new KeyPaper("yb", "another", 1, secret), one, one.data(), out, "of another");
        refuses(new KeyPaper("yb", "yb-files", 1, new byte[16]), one, one.data(), out, "does not open");
        assertThat(out).doesNotExist();
        assertThat(dir.resolve("out.csv.new")).doesNotExist();
    }

    @Test
    void aKeyThatWasLostIsNotMadeAnewUnderItsNumber() throws Exception {
        // Given
        new Making(data, true).of(shelf).make(Making.rows(10), NOW, () -> true);
        Files.delete(data.secrets().resolve("token-keys.p12"));
        Making restored = new Making(data, true);
        // When, Then
        assertThatThrownBy(() -> restored.of(shelf).make(Making.rows(10), NOW.plusSeconds(1), () -> true))
                .isInstanceOf(KeyRefused.class)
                .hasMessageContaining("key yb/yb-files/f1, which is not in the key store");
        assertThat(restored.keys().list()).isEmpty();
        assertThat(shelf.versions(restored.grant())).hasSize(1);
    }

    @Test
    void aGrantThatIsCutMeanwhileHasNoVersion() throws Exception {
        // Given
        Making making = new Making(data, false);
        // When, Then
        assertThatThrownBy(() -> making.of(shelf).make(Making.rows(10), NOW, () -> false))
                .isInstanceOf(EpochTopic.NotYet.class);
        assertThatThrownBy(() -> making.of(shelf)
                        .make(
                                table -> {
                                    throw new EpochTopic.NotYet("the grant is still being filled");
                                },
                                NOW,
                                () -> true))
                .hasMessage("the grant is still being filled");
        assertThat(shelf.versions(making.grant())).isEmpty();
        assertThat(inside(data.files().resolve("yb/yb-files/e1"))).isEmpty();
    }

    @Test
    void aVersionThatIsOverGoesAtOnce() throws Exception {
        // Given
        Making making = new Making(data, false);
        FileVersion made = making.of(shelf).make(Making.rows(10), NOW, () -> true);
        // When, Then
        assertThat(made.manifest().over(NOW.plusSeconds(3 * 86_400 - 1))).isFalse();
        assertThat(made.manifest().over(NOW.plusSeconds(3 * 86_400))).isTrue();
        shelf.remove(made);
        assertThat(shelf.versions(making.grant())).isEmpty();
        assertThat(made.directory().getParent()).isEmptyDirectory();
    }

    /** Whatever moment it is killed at: each version that stands is whole, and the next run takes away the rest. */
    @Test
    void aKillLeavesNoHalfVersion() throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < 3; round++) {
            // When
            Process doomed = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-XX:TieredStopAtLevel=1",
                            "-Duser.timezone=UTC",
                            DoomedMaking.class.getName(),
                            data.root().toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(doomed.getInputStream(), StandardCharsets.UTF_8))) {
                assertThat(said.readLine()).isEqualTo("MADE");
                Thread.sleep(random.nextInt(500));
            } finally {
                doomed.destroyForcibly();
                doomed.waitFor(10, TimeUnit.SECONDS);
            }
            // Then
            List<FileVersion> versions = new FileShelf(data).all();
            for (FileVersion version : versions) {
                assertThat(FileDigest.of(version.data()))
                        .isEqualTo(version.manifest().data().digest());
                assertThat(version.manifest().rows()).isEqualTo(4_000);
            }
            shelf.clean();
            assertThat(inside(data.files().resolve("yb/yb-files/e1"))).hasSize(versions.size());
            assertThat(versions).hasSizeGreaterThan(round);
        }
    }

    private static void refuses(KeyPaper key, FileVersion described, Path in, Path out, String why) {
        assertThatThrownBy(() -> new Unsealing(key, described.directory().resolve(FileManifest.NAME)).open(in, out))
                .isInstanceOf(FilesRefused.class)
                .hasMessageContaining(why);
    }

    private static List<String> inside(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new ArrayList<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
