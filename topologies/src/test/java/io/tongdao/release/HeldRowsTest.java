package io.tongdao.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCommand.Verb;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a grant that verifies finds in a task, and that nothing of it flows. */
class HeldRowsTest {
    private static final String MOTHER = "530102199003071238";
    private static final String CHILD = "53010219000101001X";
    private static final Topic HOUSEHOLD = SmallProvince.plan().table(SmallProvince.HOUSEHOLD);

    @TempDir
    Path state;

    @Test
    void itFindsWithheldItemsAndReleasesNothing() throws Exception {
        // Given
        Grant grant = grant("yb", "");
        try (ReleaseCase run = new ReleaseCase(state)) {
            run.row(HOUSEHOLD, MOTHER, person("母亲", null).put("photo_digest", "abc"), new Pos(1, 1, 0, 0));
            // When
            run.order(Verb.START, grant);
            run.tick();
            run.row(HOUSEHOLD, MOTHER, person("新名", null).put("photo_digest", "abc"), new Pos(1, 2, 0, 0));
            // Then
            assertThat(names(run, grant, MOTHER)).containsExactly("新名");
            assertThat(run.held(grant).of(run.task(), MOTHER).getFirst().get("photo_digest"))
                    .hasToString("abc");
            assertThat(names(run, grant, CHILD)).isEmpty();
            Map<String, List<JsonNode>> out = run.out();
            assertThat(out.keySet()).as("acknowledgements alone").containsExactly(Names.ACKS);
            assertThat(out.get(Names.ACKS))
                    .extracting(ack -> ack.get("state").asText())
                    .containsExactly("STARTED", "BACKFILLED");
        }
    }

    @Test
    void itRunsOnlyWhereItsEpochWasStartedAndNotStopped() throws Exception {
        // Given
        Grant grant = grant("yb", "");
        try (ReleaseCase run = new ReleaseCase(state)) {
            boolean before = run.held(grant).runs(run.task());
            run.order(Verb.START, grant);
            boolean started = run.held(grant).runs(run.task());
            // When
            run.order(Verb.STOP, grant);
            // Then
            assertThat(before).isFalse();
            assertThat(started).isTrue();
            assertThat(run.held(grant).runs(run.task())).isFalse();
            assertThat(run.held(grant.atEpoch(2)).runs(run.task())).isFalse();
        }
    }

    @Test
    void aFilterAndProtectionsHideRowsButFromTheirOwnAgency() throws Exception {
        // Given
        Grant women = grant("yb", "gender_code == '2'");
        Grant all = grant("yb", "");
        Grant own = grant("ga", "");
        try (ReleaseCase run = new ReleaseCase(state)) {
            run.row(HOUSEHOLD, MOTHER, person("母亲", null).put("gender_code", "2"), new Pos(1, 1, 0, 0));
            run.row(HOUSEHOLD, CHILD, person("孩子", MOTHER).put("gender_code", "1"), new Pos(1, 1, 1, 0));
            List<String> filtered = names(run, women, CHILD);
            List<String> before = names(run, all, CHILD);
            // When
            run.decide(new Protection(
                    Protection.Of.SUBJECT,
                    MOTHER,
                    "",
                    "",
                    "",
                    Protection.Ground.PROTECTED_PERSON,
                    "刑事诉讼法 64",
                    "authority",
                    "证人",
                    Instant.EPOCH,
                    null));
            // Then
            assertThat(filtered).isEmpty();
            assertThat(before).containsExactly("孩子");
            assertThat(names(run, all, MOTHER)).isEmpty();
            assertThat(names(run, all, CHILD)).as("it names her").isEmpty();
            assertThat(names(run, own, MOTHER)).containsExactly("母亲");
        }
    }

    private static List<String> names(ReleaseCase run, Grant grant, String subject) throws HeldRows.Unavailable {
        return run.held(grant).of(run.task(), subject).stream()
                .map(row -> String.valueOf(row.get("full_name")))
                .toList();
    }

    private static ObjectNode person(String name, @Nullable String mother) {
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("full_name", name);
        return mother == null ? row : row.put("mother_id_no", mother);
    }

    private static Grant grant(String consumer, String filter) throws IOException {
        return ReleaseCase.grant(
                Files.readString(Path.of("src/test/resources/release/token-grants/grant-yb-names.json"))
                        .replace("\"TOPIC\"", "\"VERIFY\"")
                        .replace("\"consumer\": \"yb\"", "\"consumer\": \"" + consumer + "\"")
                        .replace("\"filter\": \"\"", "\"filter\": \"" + filter + "\""));
    }
}
