package io.tongdao.ops.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grant that nobody could deliver is not filed: it would be approved, flow, and never arrive. */
class ReceiversTest {
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
    private static final Plan PLAN = ReleaseRoom.plan(Map.of());

    @TempDir
    private Path dir;

    @Test
    void aDatabaseIsForReturnsToWhomHasOneHere() throws Exception {
        assertThat(problems("wuhua-return", "", "")).isEmpty();
        assertThat(problems("wuhua-return", "consumer: kunming-wuhua", "consumer: kunming-xishan"))
                .contains("wuhua-return", "kunming-xishan", "receives: SCHEMA");
        assertThat(problems("yb-enrolment", "[topic, table]", "[topic, table, database]"))
                .contains("take database out of delivery");
        assertThat(problems("yb-enrolment", "", "")).isEmpty();
        assertThat(problems("wuhua-return", "consumer: kunming-wuhua", ""))
                .as("whose consumer is still to come")
                .isEmpty();
    }

    @Test
    void aTableIsCalledAsItsGrant() throws Exception {
        assertThat(problems("wuhua-return", "grant: wuhua-return", "grant: " + "wuhua-".repeat(10) + "return"))
                .contains("at most 56 characters");
    }

    private String problems(String name, String what, String instead) throws Exception {
        Path file = dir.resolve(name + ".yaml");
        String text = Files.readString(ReleaseRoom.CATALOGUE.resolve("grants/" + name + ".yaml"));
        Files.writeString(file, text.replace(what, instead));
        Grant grant = GrantFile.read(file, "clerk", NOW);
        return String.join("\n", Receivers.problems(PLAN, grant));
    }
}
