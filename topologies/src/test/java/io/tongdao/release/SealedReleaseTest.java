package io.tongdao.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCommand.Verb;
import io.tongdao.contract.grant.GrantPapers;
import io.tongdao.contract.grant.GrantScope;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an emergency releases: sealed, also out of what was collected sealed, and nothing without the incident's key. */
class SealedReleaseTest {
    private static final String ONE = "530102199003071238";
    private static final String OTHER = "53010219000101001X";
    private static final String PLACE = "东风广场安置点";

    @TempDir
    Path state;

    @Test
    void onlyTheIncidentsKeyOpensWhatAnEmergencyReleases() throws Exception {
        // Given
        Topic household = SmallProvince.plan().table(SmallProvince.HOUSEHOLD);
        Grant grant = grant(SmallProvince.HOUSEHOLD, "full_name", ReleaseCase.INCIDENT);
        try (ReleaseCase run = new ReleaseCase(state)) {
            ObjectNode person = JsonNodeFactory.instance.objectNode().put("full_name", "赵钱孙");
            run.row(household, ONE, person, new Pos(1, 1, 0, 0));
            // When
            run.order(Verb.START, grant);
            run.tick();
            // Then
            List<JsonNode> out = rows(run.out(), grant);
            assertThat(out).hasSize(1);
            assertThat(out.getFirst().toString()).doesNotContain("赵");
            String key = out.getFirst().get("key").asText();
            assertThat(run.opened(grant, key, out.getFirst()).get("full_name").asText())
                    .isEqualTo("赵**");
        }
    }

    @Test
    void whatWasCollectedSealedIsReleasedUnderTheKeyThatItHas() throws Exception {
        // Given
        Grant grant = grant(SmallProvince.SHELTER, "shelter", ReleaseCase.INCIDENT);
        try (ReleaseCase run = new ReleaseCase(state)) {
            run.sealedRow(ONE, shelter(PLACE), new Pos(1, 1, 0, 0));
            run.order(Verb.START, grant);
            run.tick();
            List<JsonNode> first = rows(run.out(), grant);
            // When
            run.sealedRow(ONE, shelter("另一处"), new Pos(1, 2, 0, 0));
            run.sealedRow(ONE, null, new Pos(1, 3, 0, 0));
            // Then
            assertThat(first).hasSize(1);
            String key = first.getFirst().get("key").asText();
            assertThat(run.opened(grant, key, first.getFirst()).get("shelter").asText())
                    .isEqualTo(PLACE);
            List<JsonNode> more = rows(run.out(), grant);
            assertThat(more).extracting(line -> line.get("key").asText()).containsOnly(key);
            assertThat(more).extracting(line -> line.get("op").asText()).containsExactly("u", "d");
            assertThat(run.opened(grant, key, more.getFirst()).get("shelter").asText())
                    .isEqualTo("另一处");
        }
    }

    @Test
    void theStateHoldsNothingOfItInClear() throws Exception {
        try (ReleaseCase run = new ReleaseCase(state)) {
            // When
            run.sealedRow(ONE, shelter(PLACE), new Pos(1, 1, 0, 0));
            // Then
            List<String> held = new ArrayList<>();
            try (var all = run.task().rows().all()) {
                while (all.hasNext()) {
                    KeyValue<Bytes, byte[]> entry = all.next();
                    held.add(text(entry.key.get()) + text(entry.value));
                }
            }
            assertThat(held).hasSize(1);
            assertThat(held.getFirst()).contains(SmallProvince.SHELTER).doesNotContain(ONE, PLACE);
            assertThat(HeldRows.count(run.task(), SmallProvince.SHELTER)).isEqualTo(1);
        }
    }

    @Test
    void aProtectionReachesWhatLiesSealed() throws Exception {
        // Given
        Grant grant = grant(SmallProvince.SHELTER, "shelter", ReleaseCase.INCIDENT);
        try (ReleaseCase run = new ReleaseCase(state)) {
            run.sealedRow(ONE, shelter(PLACE), new Pos(1, 1, 0, 0));
            run.sealedRow(OTHER, shelter(PLACE), new Pos(1, 1, 1, 0));
            run.order(Verb.START, grant);
            run.tick();
            int before = rows(run.out(), grant).size();
            // When
            run.decide(protection());
            run.tick();
            // Then
            assertThat(before).isEqualTo(2);
            List<JsonNode> gone = rows(run.out(), grant);
            assertThat(gone).extracting(line -> line.get("op").asText()).containsExactly("d");
            run.sealedRow(ONE, shelter("另一处"), new Pos(1, 2, 0, 0));
            assertThat(run.out()).as("a change of it leaves no trace").doesNotContainKey(grant.topic());
        }
    }

    @Test
    void withoutItsKeyNothingIsReleased() throws Exception {
        // Given
        Grant grant = grant(SmallProvince.HOUSEHOLD, "full_name", "2026-flood-1");
        try (ReleaseCase run = new ReleaseCase(state)) {
            Topic household = SmallProvince.plan().table(SmallProvince.HOUSEHOLD);
            run.row(household, ONE, JsonNodeFactory.instance.objectNode().put("full_name", "赵钱孙"), new Pos(1, 1, 0, 0));
            // When
            run.order(Verb.START, grant);
            run.tick();
            // Then
            Map<String, List<JsonNode>> out = run.out();
            assertThat(out.keySet()).containsExactly(Names.ACKS);
            assertThat(out.get(Names.ACKS).getFirst().get("state").asText()).isEqualTo("FAILED");
        }
    }

    private static List<JsonNode> rows(Map<String, List<JsonNode>> out, Grant grant) {
        return out.getOrDefault(grant.topic(), List.of()).stream()
                .filter(line -> !line.get("key").asText().startsWith("!"))
                .toList();
    }

    private static Protection protection() {
        return new Protection(
                Protection.Of.SUBJECT,
                ONE,
                "",
                "",
                "",
                Protection.Ground.values()[0],
                "刑事诉讼法 64",
                "authority",
                "test",
                Instant.EPOCH,
                null);
    }

    private static ObjectNode shelter(@Nullable String place) {
        return JsonNodeFactory.instance.objectNode().put("shelter", place);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Grant grant(String table, String item, String incident) throws IOException {
        Grant one = ReleaseCase.grant(
                Files.readString(Path.of("src/test/resources/release/token-grants/grant-yb-names.json")));
        GrantScope scope = new GrantScope(
                table,
                Map.of(item, item.equals("shelter") ? Mask.KEEP : Mask.SURNAME),
                "",
                "",
                "",
                Grant.KeyForm.TOKEN);
        GrantPapers papers = new GrantPapers(one.purpose(), "法", "救灾", incident, Map.of(), null);
        return new Grant("quake", Grant.Kind.EMERGENCY, "yb", scope, papers, one.terms(), one.approvals(), one.steps());
    }
}
