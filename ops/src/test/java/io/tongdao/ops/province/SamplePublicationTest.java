package io.tongdao.ops.province;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.open.Rung;
import io.tongdao.contract.plan.Plan;
import io.tongdao.lakehouse.open.Anonymiser;
import io.tongdao.lakehouse.open.Anonymiser.Result;
import io.tongdao.lakehouse.open.Draft;
import io.tongdao.lakehouse.open.Generaliser;
import io.tongdao.lakehouse.open.Outcome;
import io.tongdao.ops.exchange.PlanSource;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The publication of the shipped catalogue can be made of the province that the demo has, and says something. */
class SamplePublicationTest {
    private static final Plan PLAN = PlanSource.compileToRead(Path.of("catalogue"));

    @Test
    void enterprisesAreToldByRegionTradeAndTime() {
        // Given
        PublicationPlan publication = PLAN.publications().get("enterprise_distribution");
        Market market = new Generator(1, 20_000).market();
        List<Draft.Row> rows = IntStream.range(0, market.size())
                .mapToObj(market::enterprise)
                .filter(Enterprise::sound)
                .map(firm -> row(firm, market.row(firm)))
                .toList();
        Draft draft = new Draft(publication, new Generaliser(PLAN.divisions()), value -> value, rows, List.of());
        // When
        Result result = new Anonymiser(draft.snapshot(), publication.bounds()).search();
        // Then
        assertThat(result).isInstanceOfSatisfying(Result.Found.class, found -> {
            Outcome outcome = found.outcome();
            Map<String, Rung> rungs = draft.rungs(outcome);
            assertThat(outcome.published()).isGreaterThan(900);
            assertThat(found.loss()).isBetween(0.05, 0.95);
            assertThat(rungs.values().stream().filter(rung -> rung != Rung.DROP))
                    .as("%s", rungs)
                    .hasSizeGreaterThanOrEqualTo(3);
        });
    }

    private static Draft.Row row(Enterprise firm, Row row) {
        List<@Nullable String> values =
                Arrays.asList(firm.code(), row.text("hydm"), row.text("clrq"), row.text("scztlx"), row.text("zczb"));
        return new Draft.Row(firm.code(), firm.code(), values);
    }
}
