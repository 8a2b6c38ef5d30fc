package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.collect.Dropped;
import io.tongdao.ops.exchange.StatusFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An agency without a database that the product has never heard of: YAML files, then files in its inbox, and they are in the lakehouse. */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FileAgencyIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path PAGE = Path.of("docs/agency.md");

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static Path inbox;

    @BeforeAll
    static void start() throws Exception {
        whole = new WholeExchange(dir.resolve("data"), 300);
        Path catalogue = dir.resolve("catalogue");
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        CatalogueCopies.copy(Path.of("src/test/resources/files-agency"), catalogue);
        whole.collect(catalogue);
        inbox = whole.data().root().resolve("inboxes/cl");
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    private static List<List<String>> lake() {
        return whole.lake("select citizen_id, card_no, holder_name, note from src_cl.card order by card_no");
    }

    private static JsonNode status() throws Exception {
        return new ObjectMapper()
                .readTree(StatusFile.path(whole.data().root()).toFile())
                .path("inboxes")
                .path(0);
    }

    /** The lines that the page for agencies tells them to run. */
    private static String example() throws Exception {
        List<String> lines = Files.readAllLines(PAGE);
        int from = lines.indexOf(lines.stream()
                .filter(line -> line.startsWith("    cd \"$INBOX\""))
                .findFirst()
                .orElseThrow());
        int to = lines.subList(from, lines.size()).indexOf("    END");
        return lines.subList(from, from + to + 1).stream()
                        .map(line -> line.substring(4))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    @Test
    @Order(1)
    void withoutItsDirectoryAnInboxSaysSoAndTheRestGoesOn() {
        // Given // When // Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(status().path("problem").asText()).contains("make or mount it"));
        assertThat(whole.exchange().failure()).isNotDone();
    }

    @Test
    @Order(2)
    void whatThePageForAgenciesSaysWorks() throws Exception {
        // Given
        Files.createDirectories(inbox);
        ProcessBuilder shell = new ProcessBuilder("bash", "-eu", "-c", example()).inheritIO();
        shell.environment().put("INBOX", inbox.toString());
        // When
        assertThat(shell.start().waitFor()).isZero();
        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(lake())
                        .containsExactly(java.util.Arrays.asList("530102199003071238", "K1", "张三", null)));
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode card = status().path("datasets").path(0);
            assertThat(card.path("dataset").asText()).isEqualTo("cl.card");
            assertThat(card.path("state").asText()).isEqualTo("taken");
            assertThat(card.path("sequence").asInt()).isEqualTo(1);
            assertThat(card.path("rows").asInt()).isEqualTo(1);
        });
    }

    @Test
    @Order(3)
    void aDeltaReachesTheTableAndAGapIsShown() throws Exception {
        // Given
        Dropped.csv(
                        inbox.resolve("d.csv"),
                        "cl.card",
                        "delta",
                        2,
                        "GB18030",
                        "BG,KH,SFZH,XM,FZRQ,BZ",
                        "D,K1,,,,",
                        "U,K2,530102199003071238,李四,2024-01-01,new")
                .deletions()
                .announce();
        // When
        Dropped.csv(inbox.resolve("gap.csv"), "cl.card", "delta", 4, "GB18030", "KH,SFZH,XM,FZRQ,BZ")
                .announce();
        // Then
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(lake()).containsExactly(List.of("530102199003071238", "K2", "李四", "new")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(status().path("waits").path(0).asText())
                        .startsWith("cl.card.000004.")
                        .contains("sequence 3 is missing"));
        assertThat(whole.exchange().failure()).isNotDone();
    }
}
