package io.tongdao.ops.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path dir;

    @Test
    void refusesAFile() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "");
        assertRefused(file, "is a file");
    }

    @Test
    void refusesWhatANewerTongdaoWrote() throws Exception {
        DataDirectory.open(dir);
        Files.writeString(dir.resolve("LAYOUT"), (DataDirectory.LAYOUT + 1) + "\n");
        assertRefused(dir, "has layout 3, this Tongdao knows layout 2");
    }

    @Test
    void refusesADirectoryOfSomebodyElse() throws Exception {
        Files.writeString(dir.resolve("thesis.docx"), "");
        assertRefused(dir, "not Tongdao's");
        assertThat(dir).isDirectoryNotContaining("glob:**/LAYOUT");
    }

    @Test
    void aSecretIsMadeOnceReadableByItsOwnerAloneAndNeverPrinted() throws Exception {
        // Given
        DataDirectory data = DataDirectory.open(dir);

        // When
        Secret secret = Secrets.remembered(data, "broker-admin");

        // Then
        assertThat(secret.reveal())
                .hasSize(32)
                .isEqualTo(Secrets.remembered(data, "broker-admin").reveal());
        assertThat(secret).asString().doesNotContain(secret.reveal());
        assertThat(permissions(data.secrets().resolve("broker-admin"))).isEqualTo("rw-------");
        assertThat(permissions(data.secrets())).isEqualTo("rwx------");
    }

    @Test
    void aPortIsKeptWhileItIsFree() throws Exception {
        DataDirectory data = DataDirectory.open(dir);
        int port = Ports.remembered(data, "broker");
        assertThat(Ports.remembered(data, "broker")).isEqualTo(port);
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.remembered(data, "broker")).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void twoProcessesCannotShareADirectory() throws Exception {
        DataDirectory data = DataDirectory.open(dir);
        try (DataLock held = DataLock.take(data)) {
            assertThatThrownBy(() -> DataLock.take(data))
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
        }
        DataLock.take(data).close();
    }

    private static void assertRefused(Path path, String why) {
        assertThatThrownBy(() -> DataDirectory.open(path))
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining(why);
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
