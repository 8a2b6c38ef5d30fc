package io.tongdao.ops.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.system.CatalogueCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was accepted once runs on, and can be served, after an assessment in it has expired. */
class RunningExchangeTest {
    private static final Path SHIPPED = Path.of("catalogue");
    private static final LocalDate ACCEPTED = LocalDate.of(2026, 4, 1);

    @TempDir
    private Path dir;

    @Test
    void isReadByTheDayOnWhichItWasAccepted() throws Exception {
        // Given
        Path catalogue = expired();
        RunningExchange running = new RunningExchange(
                ProcessHandle.current().pid(), "", "", catalogue.toString(), ACCEPTED.toString(), null, null);

        // When
        running.publish(DataDirectory.open(dir.resolve("data")));

        // Then
        assertThatThrownBy(() -> PlanSource.compileToRead(catalogue))
                .as("as a new version it is refused")
                .isInstanceOf(CatalogueRefused.class);
        RunningExchange found = RunningExchange.find(dir.resolve("data")).orElseThrow();
        assertThat(found.plan().themes()).isNotEmpty();
        assertThat(found.cycles()).isNotEmpty();
    }

    @Test
    void theNextStartReadsItsDirectoryByThatDayToo() throws Exception {
        // Given
        Path catalogue = expired();
        Path data = dir.resolve("data");
        assertThat(RunningExchange.accepted(data)).as("nothing was in force").isAfter(ACCEPTED);

        // When
        new RunningExchange(1, "", "", catalogue.toString(), ACCEPTED.toString(), null, null)
                .publish(DataDirectory.open(data));

        // Then
        PlanSource.check(catalogue, RunningExchange.accepted(data));
        assertThat(RunningExchange.accepted(data)).isEqualTo(ACCEPTED);
    }

    @Test
    void whatAnEarlierTongdaoLeftIsReadByToday() throws Exception {
        // Given
        DataDirectory data = DataDirectory.open(dir.resolve("data"));
        Files.writeString(
                data.run().resolve("exchange.json"),
                "{\"pid\":1,\"bootstrap\":\"\",\"registry\":\"\",\"catalogue\":\"\"}");

        // When, Then
        assertThat(RunningExchange.accepted(data.root())).isAfter(ACCEPTED);
    }

    /** The shipped catalogue with an assessment that ended after it was accepted. */
    private Path expired() throws IOException {
        Path copy = dir.resolve("catalogue");
        CatalogueCopies.copy(SHIPPED, copy);
        CatalogueCopies.edit(
                copy.resolve("themes/kunming_residents.yaml"),
                text -> text.replace("until: 2036-02-28", "until: 2026-05-01"));
        return copy;
    }
}
