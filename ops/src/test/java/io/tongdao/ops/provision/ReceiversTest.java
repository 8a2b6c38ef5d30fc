package io.tongdao.ops.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.grant.Grant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grant that nobody could deliver is not filed: it would be approved, flow, and never arrive. */
class ReceiversTest {
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

    @TempDir
    private Path dir;

    @Test
    void aDatabaseIsForReturnsToWhomHasOneHere() throws Exception {
        assertThat(Receivers.problems(grant("wuhua-return", "", ""))).isEmpty();
        assertThat(Receivers.problems(grant("wuhua-return", "530102", "530114")))
                .singleElement()
                .asString()
                .contains("wuhua-return", "knows the database of 530102 only");
        assertThat(Receivers.problems(grant("yb-enrolment", "[topic, table]", "[topic, table, database]")))
                .singleElement()
                .asString()
                .contains("take database out of delivery");
        assertThat(Receivers.problems(grant("yb-enrolment", "", ""))).isEmpty();
        assertThat(Receivers.problems(grant("wuhua-return", "territory: {division: 530102, item: hukou_division}", "")))
                .as("whose territory is still to come")
                .isEmpty();
    }

    private Grant grant(String name, String what, String instead) throws Exception {
        Path file = dir.resolve(name + ".yaml");
        String text = Files.readString(Path.of("catalogue/grants/" + name + ".yaml"));
        Files.writeString(file, text.replace(what, instead));
        return GrantFile.read(file, "clerk", NOW);
    }
}
