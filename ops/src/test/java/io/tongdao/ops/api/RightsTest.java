package io.tongdao.ops.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tongdao.ops.verify.Question;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every route and role is decided, as it stands here; and the description says the same. */
class RightsTest {
    private static final String TABLE = """
            DESCRIBE           ALL  ALL  ALL  ALL  ALL
            WHO_AM_I           ALL  ALL  ALL  ALL  ALL
            LIST_GRANTS        ALL  OWN  OWN  ALL  ALL
            SHOW_GRANT         ALL  OWN  OWN  ALL  ALL
            FILE_GRANT         NONE NONE OWN  NONE NONE
            APPROVE_GRANT      NONE OWN  NONE NONE NONE
            SUSPEND_GRANT      ALL  OWN  NONE NONE NONE
            RESUME_GRANT       ALL  NONE NONE NONE NONE
            END_GRANT          ALL  OWN  NONE NONE NONE
            WITHDRAW_GRANT     NONE NONE OWN  NONE NONE
            VERIFY             NONE NONE OWN  NONE NONE
            LIST_VERIFICATIONS ALL  OWN  OWN  ALL  NONE
            LIST_FILES         ALL  OWN  OWN  ALL  ALL
            ORDER_FILES        NONE NONE OWN  NONE NONE
            PICK_UP            NONE NONE OWN  NONE NONE
            LIST_PICKUPS       ALL  OWN  OWN  ALL  NONE
            LIST_RELEASES      ALL  OWN  NONE ALL  NONE
            """;

    @Test
    void everyActAndRoleIsDecidedAsTheTableSays() {
        // Given
        Role[] roles = {Role.AUTHORITY, Role.PROVIDER, Role.CONSUMER, Role.AUDITOR, Role.ENGINEER};
        Set<Act> decided = EnumSet.noneOf(Act.class);

        // When, Then
        for (String line : TABLE.strip().split("\n")) {
            String[] words = line.strip().split(" +");
            Act act = Act.valueOf(words[0]);
            decided.add(act);
            for (int role = 0; role < roles.length; role++) {
                assertThat(Rights.of(roles[role], act))
                        .as(act + " " + roles[role])
                        .isEqualTo(Rights.Reach.valueOf(words[role + 1]));
            }
        }
        assertThat(decided).isEqualTo(EnumSet.allOf(Act.class));
        assertThat(roles).containsExactlyInAnyOrder(Role.values());
    }

    @Test
    void theDescriptionHasEveryRouteOnceAndWhoMayAskIt() {
        // Given
        List<Route> routes = routes();

        // When
        JsonNode description = OpenApi.of(routes);

        // Then
        Set<String> described = new TreeSet<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> described.add(method.getKey() + " " + path.getKey())));
        List<String> served = routes.stream()
                .map(route -> route.method().toLowerCase(java.util.Locale.ROOT) + " " + route.path())
                .toList();
        assertThat(served).doesNotHaveDuplicates();
        assertThat(described).containsExactlyInAnyOrderElementsOf(served);
        assertThat(routes.stream().map(Route::act).collect(Collectors.toSet()))
                .as("no act without a route")
                .containsAll(EnumSet.complementOf(EnumSet.of(Act.DESCRIBE)));
        assertThat(description.at("/components/schemas/VerifyRoutesAsked/required"))
                .map(JsonNode::asText)
                .containsExactly("subject", "stated");
        assertThat(description.toString()).contains("authority, provider (own)");
    }

    @ParameterizedTest
    @CsvSource({"'', false", "td_, false", "td_0123456789abcdef, false", "xx_0123456789abcdef_abc, false"})
    void whatIsNoTokenIsNone(String text, boolean is) {
        assertThat(TokenText.parse(text).isPresent()).isEqualTo(is);
    }

    @Test
    void aTokenFitsItsDigestAloneAndShowsNothing() {
        // Given
        TokenText one = TokenText.random();
        Instant now = Instant.parse("2026-12-01T00:00:00Z");
        ApiToken kept =
                new ApiToken(one.id(), one.digest(), Role.CONSUMER, "yb", "王敏", "运维", now, now.plusSeconds(10), null);

        // When
        TokenText again = TokenText.parse(one.text()).orElseThrow();

        // Then
        assertThat(again.fits(kept)).isTrue();
        assertThat(new TokenText(one.id(), TokenText.random().secret()).fits(kept))
                .isFalse();
        assertThat(one + " " + kept + " "
                        + new String(ApiToken.FORMAT.encode(kept), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain(one.secret());
        assertThat(kept.inForce(now)).isTrue();
        assertThat(kept.inForce(now.plusSeconds(10))).isFalse();
        assertThat(new Question("530102199003071238", java.util.Map.of("a", "秘密")).toString())
                .doesNotContain("5301", "秘密");
    }

    /** Routes are listed without anything behind them. */
    @SuppressWarnings("NullAway")
    private static List<Route> routes() {
        List<Route> routes = new ArrayList<>(new AboutRoutes().routes());
        routes.addAll(new GrantRoutes(() -> null, () -> null, InstantSource.system()).routes());
        routes.addAll(new VerifyRoutes(java.util.Map::of, () -> null, null, InstantSource.system()).routes());
        routes.addAll(new FileRoutes(java.util.Map::of, () -> null, null, null, InstantSource.system()).routes());
        routes.addAll(new LedgerRoutes(() -> null).routes());
        return routes;
    }
}
