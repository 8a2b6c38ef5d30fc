package io.tongdao.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.GrantCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunStateTest {
    private static final Path GRANT = Path.of("src/test/resources/release/token-grants/grant-yb-names.json");

    @Test
    void keepsTheVersionOfTokensThroughARestart() throws Exception {
        // Given
        var grant = ReleaseCase.grant(Files.readString(GRANT));
        RunState state = RunState.started(new GrantCommand(GrantCommand.Verb.START, grant, 3));
        // When
        RunState again = RunState.FORMAT.decode(RunState.FORMAT.encode(state.served(new byte[] {7}, 5)));
        // Then
        assertThat(again.tokens()).isEqualTo(3);
        assertThat(again.in(Ack.State.BACKFILLED, "").tokens()).isEqualTo(3);
    }

    @Test
    void aRunFromBeforeKeysHadVersionsHasTheFirst() throws Exception {
        // Given
        var grant = ReleaseCase.grant(Files.readString(GRANT));
        byte[] now = RunState.FORMAT.encode(RunState.started(new GrantCommand(GrantCommand.Verb.START, grant, 1)));
        String former = new String(now, StandardCharsets.UTF_8).replace(",\"tokens\":1", "");
        // When
        RunState read = RunState.FORMAT.decode(former.getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(former).doesNotContain("tokens");
        assertThat(read.tokens()).isEqualTo(1);
    }
}
