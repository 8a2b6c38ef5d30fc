package io.tongdao.ops.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicTraceTest {
    @TempDir
    private Path logs;

    @Test
    void seesItsOwnFoldersAlsoThoseThatWaitToBeDeleted() throws IOException {
        // Given
        Files.createDirectories(logs.resolve("share.hrss.quake.e1-0"));
        Files.createDirectories(logs.resolve("share.hrss.quake.e1-1.1c5f212641da46b294378bb6fd3da888-delete"));
        Files.createDirectories(logs.resolve("share.hrss.quake.e10-0"));
        // When
        long found = TopicTrace.folders(logs, "share.hrss.quake.e1");
        // Then
        assertThat(found).isEqualTo(2);
        assertThat(TopicTrace.folders(logs, "share.hrss.quake.e2")).isZero();
    }

    @Test
    void aWrongPlaceProvesNothing() {
        assertThatThrownBy(() -> TopicTrace.folders(logs.resolve("elsewhere"), "t"))
                .isInstanceOf(NoSuchFileException.class);
    }
}
