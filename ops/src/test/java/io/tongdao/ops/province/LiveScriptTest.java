package io.tongdao.ops.province;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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
}
