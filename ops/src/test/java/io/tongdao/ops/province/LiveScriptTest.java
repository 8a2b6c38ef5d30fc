package io.tongdao.ops.province;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveScriptTest {
    private final LiveScript script = LiveScript.of(new Generator(7, 20_000));

    @Test
    void everySceneIsCastAndNumbersRun() {
        // When
        List<Step> steps = script.steps();
        Set<String> titles = steps.stream().map(Step::title).collect(Collectors.toSet());

        // Then
        assertThat(steps.size()).isBetween(200, 240);
        assertThat(steps).extracting(Step::number).isSorted().startsWith(1).endsWith(steps.size());
        assertThat(steps).extracting(Step::act).isSorted();
        assertThat(titles)
                .contains(
                        "a person leaves Wuhua",
                        "a person moves to Wuhua",
                        "a citizen number is replaced",
                        "two rows exchange their citizen numbers",
                        "a row is deleted and inserted in one transaction",
                        "a marriage is annulled",
                        "a couple divorces",
                        "two enterprises exchange their codes",
                        "a bad household row is mended",
                        "an old name is brought up to date",
                        "the marriage register takes up a new name");
    }

    @Test
    void theSameSeedGivesTheSameScript() {
        assertThat(LiveScript.of(new Generator(7, 20_000)).steps())
                .hasToString(script.steps().toString());
    }

    @Test
    void theTruthFollowsTheSteps() {
        // Given
        Truth before = script.truth(0);

        // When
        Truth after = script.truth(script.steps().size());

        // Then
        assertThat(before.disagreements())
                .isEqualTo(new Generator(7, 20_000).truth().disagreements());
        assertThat(after.disagreements()).isNotEqualTo(before.disagreements());
        assertThat(after.disagreements()).doesNotContainNull().hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 1_000, 5_000})
    void everyStepFindsItsRowsInAProvinceOfAnySize(int people) throws SQLException {
        // Given
        Generator generator = new Generator(1, people);
        LiveScript small = LiveScript.of(generator);

        try (Connection database = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            for (AgencyTable table : generator.tables()) {
                load(database, table, generator);
            }
            try (Statement mark = database.createStatement()) {
                mark.execute("CREATE TABLE " + Marker.SCRIPT + " (id, step)");
                mark.execute("INSERT INTO " + Marker.SCRIPT + " VALUES (1, 0)");
            }
            database.setAutoCommit(false);

            // When, Then
            for (Step step : small.steps()) {
                assertThatCode(() -> step.run(database)).as(step.title()).doesNotThrowAnyException();
            }
        }
    }

    private static void load(Connection database, AgencyTable table, Generator generator) throws SQLException {
        String columns = String.join(",", table.columns());
        String marks = String.join(",", Collections.nCopies(table.columns().size(), "?"));
        try (Statement define = database.createStatement()) {
            define.execute("CREATE TABLE " + table.table() + " (" + columns + ")");
        }
        try (PreparedStatement insert =
                database.prepareStatement("INSERT INTO " + table.table() + " VALUES (" + marks + ")")) {
            for (Row row : (Iterable<Row>) generator.rows(table)::iterator) {
                for (int i = 0; i < table.columns().size(); i++) {
                    insert.setObject(i + 1, row.values()[i]);
                }
                insert.execute();
            }
        }
    }
}
