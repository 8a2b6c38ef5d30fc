package io.tongdao.ops.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.collect.FileCollector;
import io.tongdao.collect.Reject;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Pos;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agency's files against the topics, by YAML alone: the compacted topic is what the files say, and a file that does not fit changes
 * nothing. One life of the card register runs through the ordered tests.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CollectFilesIT {
    private static final String CARD = "cl.card";
    private static final String SUBSIDY = "cl.subsidy";
    private static final String HEADER = "KH,SFZH,XM,FZRQ,BZ";
    private static final String[] CARD_ITEMS = {"card_no", "holder_name", "issued_on", "note"};
    private static final String A = Ids.citizen(1);
    private static final String B = Ids.citizen(2);
    private static final String C = Ids.citizen(3);
    private static final String D = Ids.citizen(4);
    private static final String E = Ids.citizen(5);
    private static final Instant TAKEN = Instant.parse("2026-11-27T18:00:00Z");

    @TempDir
    private static Path dir;

    private static InboxLand land;

    @BeforeAll
    static void start() throws Exception {
        land = new InboxLand(dir);
    }

    @AfterAll
    static void stop() {
        land.close();
    }

    @AfterEach
    void closeCollectors() {
        land.closeCollectors();
        assertThat(land.failures).isEmpty();
    }

    private static Dropped cards(String name, String kind, long sequence, String... lines) throws IOException {
        return Dropped.csv(land.inbox.resolve(name), CARD, kind, sequence, "GB18030", lines);
    }

    private static ConsumerRecord<byte[], byte[]> latest(String key) {
        return land.view(CARD).records().stream()
                .filter(record -> TopicView.text(record.key()).equals(key))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private static String op(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader(Lineage.OP).value(), Charset.forName("US-ASCII"));
    }

    @Test
    @Order(1)
    void aFirstFullLoadIsTheRegister() throws Exception {
        // Given: a name of the kind that agencies give to files
        FileCollector collector = land.collect();
        Dropped drop = cards(
                "名单 " + A + " [1].csv",
                "full",
                1,
                HEADER,
                "K1," + A + ",张䶮,2020-05-04,\"一, 二\"\"三\"\"\r\n四\"",
                "K2," + B + ",李四,20210101,",
                "K3," + C + ",王五,1988-07-01,\"\"",
                "K4,not a number,赵六,2020-01-01,");
        // When
        drop.announce();
        land.awaitEmpty(collector);
        // Then
        assertThat(land.held(CARD, CARD_ITEMS))
                .isEqualTo(Map.of(
                        A, List.of("K1", "张䶮", "18386", "一, 二\"三\"\r\n四"),
                        B, List.of("K2", "李四", "18628", "null"),
                        C, List.of("K3", "王五", "6756", "")));
        ConsumerRecord<byte[], byte[]> first = latest(A);
        assertThat(op(first)).isEqualTo("r");
        assertThat(Lineage.at(first.headers())).isNull();
        assertThat(Lineage.pos(first.headers())).isEqualTo(new Pos(1, 1, 1, 0));
        assertThat(Lineage.dataset(first.headers())).isEqualTo(CARD);
        assertThat(Lineage.row(first.headers())).hasSize(16);
        assertThat(land.view(CARD).markers())
                .isEqualTo(land.plan.datasets().get(CARD).topic().partitions());
        // the header is line 1, and the first row has two lines
        assertThat(land.rejects(CARD)).singleElement().satisfies(reject -> {
            assertThat(reject.item()).isEqualTo("citizen_id");
            assertThat(reject.file()).startsWith("cl.card.000001.").endsWith(":6");
        });
        assertThat(land.receipt(CARD, 1).path("rows_rejected").asInt()).isEqualTo(1);
        try (Stream<Path> all = Files.walk(land.inbox)) {
            assertThat(all.map(path -> path.getFileName().toString())).noneMatch(name -> name.contains(A));
        }
    }

    @Test
    @Order(2)
    void aSecondFullLoadSendsWhatChangedAndEndsWhatIsGone() throws Exception {
        // Given
        FileCollector collector = land.collect();
        long before = land.view(CARD).records().size();
        // When: K1 unchanged, K2 turns invalid, K3 gone, K4 corrected, K5 new
        cards(
                        "b.csv",
                        "full",
                        2,
                        HEADER,
                        "K5," + E + ",钱七,2024-02-29,",
                        "K1," + A + ",张䶮,2020-05-04,\"一, 二\"\"三\"\"\r\n四\"",
                        "K2," + B + ",李四,2021-02-30,",
                        "K4," + D + ",赵六,2020-01-01,")
                .announce();
        land.awaitEmpty(collector);
        // Then
        assertThat(land.held(CARD, "card_no")).isEqualTo(Map.of(A, List.of("K1"), D, List.of("K4"), E, List.of("K5")));
        assertThat(land.rejects(CARD)).singleElement().satisfies(reject -> {
            assertThat(reject.item()).isEqualTo("issued_on");
            assertThat(reject.code()).isEqualTo("date.zero-or-infinite");
            assertThat(reject.at()).isEqualTo(TAKEN);
        });
        // two tombstones, two rows, a marker in each partition; K1 not again
        int partitions = land.plan.datasets().get(CARD).topic().partitions();
        assertThat(land.view(CARD).records()).hasSize((int) before + 4 + partitions);
        assertThat(Lineage.pos(latest(A).headers())).isEqualTo(new Pos(1, 1, 1, 0));
        assertThat(op(latest(E))).isEqualTo("c");
        assertThat(Lineage.at(latest(E).headers())).isEqualTo(TAKEN);
        assertThat(op(latest(C))).isEqualTo("d");
        assertThat(latest(C).value()).isNull();
        assertThat(land.receipt(CARD, 2).path("rows_unchanged").asInt()).isEqualTo(1);
        assertThat(land.receipt(CARD, 2).path("keys_ended").asInt()).isEqualTo(2);
    }

    @Test
    @Order(3)
    void aDeltaChangesDeletesAndMovesAnIdentifier() throws Exception {
        // Given: a collector that has to find out anew what is held
        FileCollector collector = land.collect();
        // When: K1 has another holder, K4 is gone, K2 is corrected, K9 was never there
        cards(
                        "c.csv",
                        "delta",
                        3,
                        "BG," + HEADER,
                        "U,K1," + C + ",张䶮,2020-05-04,moved",
                        "D,K4,,,,",
                        "U,K2," + B + ",李四,2021-02-28,",
                        "D,K9,,,,")
                .deletions()
                .announce();
        land.awaitEmpty(collector);
        // Then
        assertThat(land.held(CARD, "card_no", "note"))
                .isEqualTo(Map.of(C, List.of("K1", "moved"), B, List.of("K2", "null"), E, List.of("K5", "null")));
        assertThat(latest(A).value()).isNull();
        assertThat(latest(D).value()).isNull();
        assertThat(Lineage.row(latest(A).headers()))
                .isEqualTo(Lineage.row(latest(C).headers()));
        assertThat(land.rejects(CARD)).isEmpty();
        assertThat(land.receipt(CARD, 3).path("deletions_of_rows_not_held").asInt())
                .isEqualTo(1);
    }

    @Test
    @Order(4)
    void theSameFileAgainIsIgnored() throws Exception {
        // Given
        FileCollector collector = land.collect();
        long before = land.view(CARD).records().size();
        // When
        cards(
                        "again.csv",
                        "delta",
                        3,
                        "BG," + HEADER,
                        "U,K1," + C + ",张䶮,2020-05-04,moved",
                        "D,K4,,,,",
                        "U,K2," + B + ",李四,2021-02-28,",
                        "D,K9,,,,")
                .deletions()
                .announce();
        land.awaitEmpty(collector);
        // Then
        assertThat(land.view(CARD).records()).hasSize((int) before);
        assertThat(land.texts("done", ".receipt.json").values()).anyMatch(text -> text.contains("\"duplicate\""));
        assertThat(land.texts("failed", ".report.txt")).isEmpty();
    }

    @Test
    @Order(5)
    void aGapIsHeldAndSaidUntilItIsFilled() throws Exception {
        // Given
        FileCollector collector = land.collect();
        // When
        cards("late.csv", "delta", 5, HEADER, "K5," + E + ",钱七,2024-02-29,five").announce();
        await().atMost(InboxLand.SOON)
                .until(() -> !InboxLand.status(collector, "cl.card.000005").isEmpty());
        // Then
        assertThat(InboxLand.status(collector, "cl.card.000005"))
                .singleElement()
                .asString()
                .contains("sequence 4 is missing");
        assertThat(land.held(CARD, "note")).containsEntry(E, List.of("null"));
        cards("early.csv", "delta", 4, HEADER, "K5," + E + ",钱七,2024-02-29,four")
                .announce();
        land.awaitEmpty(collector);
        assertThat(land.held(CARD, "note")).containsEntry(E, List.of("five"));
    }

    @Test
    @Order(6)
    void whatDoesNotFitGoesToFailedWithItsReasonAndChangesNothing() throws Exception {
        // Given
        FileCollector collector = land.collect();
        long before = land.view(CARD).records().size();
        String row = "K5," + E + ",钱七,2024-02-29,no";
        // When
        Map<String, List<String>> expected = Map.of(
                "not json", List.of("the manifest is not JSON"),
                "keys",
                        List.of(
                                "a key that no manifest has",
                                "rows: missing",
                                "kind: neither full nor delta",
                                "digest: not"),
                "digest", List.of("digest: the file has another one"),
                "count", List.of("rows: the file has 1, the manifest says 7"),
                "columns", List.of("column FZRQ is missing", "column BZ is missing"),
                "fields", List.of("line 3: 4 fields, the header has 5"),
                "quotes", List.of("the row from line 2 on: a quote is not closed"),
                "bytes", List.of("line 3: bytes that are no GB18030"),
                "sequence", List.of("sequence: 3 was taken on"));
        for (String what : expected.keySet()) {
            spoil(what, row);
            land.awaitEmpty(collector);
            // Then
            Map<String, String> reports = land.texts("failed", ".report.txt");
            assertThat(reports).as(what).hasSize(1);
            assertThat(reports.values().iterator().next())
                    .as(what)
                    .contains(expected.get(what))
                    .doesNotContain(E);
            clear(land.inbox.resolve("failed"));
        }
        assertThat(land.view(CARD).records()).hasSize((int) before);
        assertThat(land.rejects(CARD)).isEmpty();
    }

    private static void spoil(String what, String row) throws IOException {
        Path file = land.inbox.resolve("x.csv");
        switch (what) {
            case "not json" -> {
                cards("x.csv", "full", 6, HEADER, row);
                Files.writeString(land.inbox.resolve("x.csv.manifest.json"), "{\"dataset\": ");
            }
            case "keys" ->
                cards("x.csv", "full", 6, HEADER, row)
                        .with(m -> m.put("extra", 1)
                                .put("kind", "whole")
                                .put("digest", "md5:0")
                                .remove("rows"))
                        .announce();
            case "digest" ->
                cards("x.csv", "full", 6, HEADER, row)
                        .with(m -> m.put("digest", "sha256:" + "0".repeat(64)))
                        .announce();
            case "count" ->
                cards("x.csv", "full", 6, HEADER, row)
                        .with(m -> m.put("rows", 7))
                        .announce();
            case "columns" ->
                cards("x.csv", "full", 6, "KH,SFZH,XM", "K5," + E + ",x").announce();
            case "fields" ->
                cards("x.csv", "full", 6, HEADER, row, "K6," + A + ",x,2020-01-01")
                        .announce();
            case "quotes" ->
                cards("x.csv", "full", 6, HEADER, "K5," + E + ",\"钱七,2024-02-29,no")
                        .announce();
            case "bytes" -> {
                byte[] head = (HEADER + "\n" + row + "\nK6," + A + ",").getBytes(Charset.forName("GB18030"));
                byte[] broken = java.util.Arrays.copyOf(head, head.length + 2);
                broken[head.length] = (byte) 0xff;
                broken[head.length + 1] = (byte) 0xff;
                Files.write(file, broken);
                Dropped.of(file, CARD, "full", 6, 2).announce();
            }
            case "sequence" -> cards("x.csv", "full", 3, HEADER, row).announce();
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void clear(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    @Order(7)
    void aFileThatIsStillBeingWrittenIsLeftAlone() throws Exception {
        // Given
        FileCollector collector = land.collect();
        Path file = land.inbox.resolve("slow.csv");
        Dropped drop = cards("slow.csv", "full", 7, HEADER, "K5," + E + ",钱七,2024-02-29,whole");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 4));
        // When
        drop.announce();
        await().atMost(InboxLand.SOON)
                .until(() -> !InboxLand.status(collector, "cl.card.000007").isEmpty());
        // Then
        assertThat(InboxLand.status(collector, "cl.card").getFirst()).contains("of " + whole.length + " are there");
        Files.write(file, whole);
        land.awaitEmpty(collector);
        assertThat(land.held(CARD, "note")).isEqualTo(Map.of(E, List.of("whole")));
    }

    @Test
    void withoutAKeyIdentifiersAndRowKeyTellRowsApart() throws Exception {
        // Given
        FileCollector collector = land.collect();
        Path file = land.inbox.resolve("subsidy.csv");
        String large = "字".repeat(900_000);
        // When: a row twice, a row too large, an absent value and an empty one
        Dropped.csv(
                        file,
                        SUBSIDY,
                        "full",
                        1,
                        "UTF-8",
                        "\uFEFFSFZH|YF|JE|SM|FJ",
                        A + "|2026-01|12.50|\\N|",
                        A + "|2026-02|1|\"\"|",
                        A.toLowerCase() + "|2026-01|99|repeated|",
                        B + "|2026-01|\\N|" + large + "|" + large,
                        C + "|\\N|5|no month|",
                        D + "|2026-01|1.234|too precise|")
                .announce();
        land.awaitEmpty(collector);
        // Then
        assertThat(land.held(SUBSIDY, "amount", "remark"))
                .isEqualTo(Map.of(A + "|2026-01", List.of("12.50", "null"), A + "|2026-02", List.of("1.00", "")));
        assertThat(land.rejects(SUBSIDY))
                .extracting(Reject::code)
                .containsExactlyInAnyOrder(
                        "row.repeated", "row.too-large", "row-key.missing", "decimal.too-many-fraction-digits");
    }

    @Test
    @Order(8)
    void aSubjectWithTwoRowsWhereTheCatalogueSaysOneHasOnlyTheFirst() throws Exception {
        // Given
        FileCollector collector = land.collect();
        // When
        cards("two.csv", "full", 8, HEADER, "K5," + E + ",钱七,2024-02-29,first", "K6," + E + ",钱七,2024-02-29,second")
                .announce();
        land.awaitEmpty(collector);
        // Then
        assertThat(land.held(CARD, "note")).isEqualTo(Map.of(E, List.of("first")));
        assertThat(land.rejects(CARD)).extracting(Reject::code).containsExactly("row-key.repeated");
    }

    @Test
    @Order(9)
    void anExportThatBrokeOffIsNotTakenForADisappearedProvince() throws Exception {
        // Given
        FileCollector collector = land.collect();
        String[] lines = new String[3001];
        lines[0] = HEADER;
        for (int i = 1; i < lines.length; i++) {
            lines[i] = "P" + i + "," + Ids.citizen(i) + ",人,2020-01-01,";
        }
        cards("many.csv", "full", 9, lines).announce();
        land.awaitEmpty(collector);
        assertThat(land.held(CARD, "card_no")).hasSize(3000);
        String[] few = java.util.Arrays.copyOf(lines, 1001);
        // When
        cards("few.csv", "full", 10, few).announce();
        land.awaitEmpty(collector);
        // Then
        assertThat(land.texts("failed", ".report.txt").values().iterator().next())
                .contains("\"shrinks\": true");
        assertThat(land.held(CARD, "card_no")).hasSize(3000);
        cards("few.csv", "full", 10, few).with(m -> m.put("shrinks", true)).announce();
        land.awaitEmpty(collector);
        assertThat(land.held(CARD, "card_no")).hasSize(1000);
    }
}
