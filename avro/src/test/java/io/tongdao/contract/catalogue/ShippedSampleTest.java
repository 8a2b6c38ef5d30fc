package io.tongdao.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.Mask;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.ShareClass;
import io.tongdao.contract.plan.SubjectPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample that is shipped has every element of the sixteen tables, as strictly as they are described, and all of art. 12's databases. */
class ShippedSampleTest {
    private static final Path TABLES = Path.of("src/test/resources/catalogue/agency_schemas.csv");
    private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
    private static final String PHOTO = "datasets/ga/household_population.yaml";
    private static final String STATISTICS = "datasets/tjj/above_scale_statistics.yaml";
    private static final Map<String, ShareClass> SHARES =
            Map.of("无条件", ShareClass.UNCONDITIONAL, "有条件", ShareClass.CONDITIONAL, "不予", ShareClass.WITHHELD);

    /** The masks that disclose no more than a table's own; a code of six digits is a county's, and A among credit levels is published. */
    private static final Map<String, Set<Mask>> MASKS = Map.ofEntries(
            Map.entry("none", Set.of(Mask.values())),
            Map.entry("keep_surname", Set.of(Mask.SURNAME)),
            Map.entry("keep6_4", Set.of(Mask.ID6_4, Mask.TOKEN)),
            Map.entry("keep6_4 / HMAC-SM3 token", Set.of(Mask.ID6_4, Mask.TOKEN)),
            Map.entry("keep_last4", Set.of(Mask.LAST4)),
            Map.entry("keep3_4", Set.of(Mask.PHONE3_4)),
            Map.entry("plate_mask", Set.of(Mask.TOKEN)),
            Map.entry("hmac", Set.of(Mask.TOKEN)),
            Map.entry("year", Set.of(Mask.YEAR)),
            Map.entry("year_month", Set.of(Mask.YEAR)),
            Map.entry("date", Set.of(Mask.YEAR)),
            Map.entry("bucket", Set.of(Mask.BAND)),
            Map.entry("round1", Set.of(Mask.ROUND)),
            Map.entry("round2", Set.of(Mask.ROUND)),
            Map.entry("to_county", Set.of(Mask.COUNTY)),
            Map.entry("to_prefecture", Set.of(Mask.DROP)),
            Map.entry("A公开其余null", Set.of(Mask.KEEP)),
            Map.entry("null", Set.of(Mask.DROP)));

    private static final Plan PLAN =
            PlanCompiler.compile(Catalogue.load(SampleProvince.SHIPPED, SampleProvince.ADDRESSES));

    @TempDir
    Path directory;

    /** A line of the tables' description. */
    private record Element(
            String table, String label, String name, String type, int level, ShareClass share, String mask) {
        static Element of(String line) {
            List<String> cells = Arrays.stream(COMMA.split(line, -1))
                    .map(cell -> cell.replaceAll("^\"|\"$", ""))
                    .toList();
            return new Element(
                    cells.get(2),
                    cells.get(6),
                    cells.get(7),
                    cells.get(8),
                    Integer.parseInt(cells.get(9)),
                    Objects.requireNonNull(SHARES.get(cells.get(10))),
                    cells.get(11));
        }

        @Override
        public String toString() {
            return table + "." + name;
        }
    }

    static List<Element> elements() throws IOException {
        return Files.readAllLines(TABLES).stream().skip(1).map(Element::of).toList();
    }

    @ParameterizedTest
    @MethodSource("elements")
    void everyElementIsThereAndAsStrict(Element element) {
        // When
        ItemPlan item = item(element);
        // Then
        assertThat(item.label()).isEqualTo(element.label());
        assertThat(item.level()).isEqualTo(element.level());
        assertThat(item.share()).isEqualTo(element.share());
        boolean county = element.mask().equals("to_county") && item.type() instanceof ItemType.DivisionType;
        assertThat(county || Objects.requireNonNull(MASKS.get(element.mask())).contains(item.mask()))
                .as("%s for %s", item.mask(), element.mask())
                .isTrue();
    }

    @Test
    void thereAreTheSixteenTablesAndNothingElse() throws IOException {
        // Given
        Map<String, Long> described =
                elements().stream().collect(Collectors.groupingBy(Element::table, Collectors.counting()));
        // When
        Map<String, Long> shipped = PLAN.datasets().values().stream()
                .collect(Collectors.toMap(DatasetPlan::name, ShippedSampleTest::items));
        // Then
        assertThat(shipped).hasSize(16).isEqualTo(described);
    }

    @Test
    void allDatabasesOfArticle12AreThere() {
        assertThat(PLAN.bases())
                .containsOnlyKeys(
                        "population",
                        "legal_entity",
                        "natural_resources",
                        "economic_governance",
                        "electronic_certificates");
        assertThat(databases("530000")).isEqualTo(ThemeCheck.PROVINCE);
        assertThat(Stream.of("530100", "532900", "530102", "530114"))
                .allMatch(lower -> !databases(lower).isEmpty());
    }

    /** All that may leave its agency is in a thematic table, at the least by its golden records. */
    @Test
    void everyDatasetThatMayBeSharedIsInATheme() {
        // When
        Set<String> sources = PLAN.themes().values().stream()
                .flatMap(theme -> theme.items().values().stream())
                .flatMap(item -> item.source().startsWith("base.")
                        ? Objects.requireNonNull(PLAN.bases().get(item.source().substring("base.".length())))
                                .items()
                                .get(item.sourceItem())
                                .order()
                                .stream()
                        : Stream.of(item.source()))
                .collect(Collectors.toSet());
        // Then
        assertThat(PLAN.datasets().keySet())
                .filteredOn(dataset -> !sources.contains(dataset))
                .containsExactly("tjj.above_scale_statistics");
    }

    @Test
    void whatNoLawLetsOutIsInNothingThatCanBeShared() {
        // When
        Stream<String> golden = PLAN.bases().values().stream()
                .flatMap(base -> base.items().values().stream())
                .filter(item -> item.order().contains("tjj.above_scale_statistics"))
                .filter(item -> item.share() != ShareClass.WITHHELD)
                .map(item -> item.name());
        // Then
        assertThat(golden).containsExactlyInAnyOrder("report_period", "statistics_division");
    }

    static Stream<Arguments> traps() {
        return Stream.of(
                Arguments.of(PHOTO, ", citation: {kind: law, name: 中华人民共和国居民身份证法, article: 第六条}"),
                Arguments.of(STATISTICS, "  citation: {kind: law, name: 中华人民共和国统计法, article: 第二十八条}\n"));
    }

    /** What is withheld without a citation is refused where it stands, and nothing else is wrong with it (art. 31). */
    @ParameterizedTest(name = "{0}")
    @MethodSource("traps")
    void withheldWithoutACitationIsRefusedAndWithOneAccepted(String file, String citation) throws IOException {
        // Given
        SampleProvince.copy(SampleProvince.SHIPPED, directory);
        List<Problem> cited = SampleProvince.problems(directory);
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        assertThat(text).contains(citation);
        // When
        Files.writeString(path, text.replace(citation, ""));
        List<Problem> bare = SampleProvince.problems(directory);
        // Then
        assertThat(cited).isEmpty();
        assertThat(bare).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("share.citation");
            assertThat(problem.file()).endsWith(file);
            assertThat(Files.readAllLines(path).get(problem.line() - 1)).contains("class: withheld");
        });
    }

    private static Set<String> databases(String division) {
        return PLAN.themes().values().stream()
                .filter(theme -> theme.division().equals(division))
                .map(theme -> theme.database())
                .collect(Collectors.toSet());
    }

    private static ItemPlan item(Element element) {
        DatasetPlan dataset = PLAN.datasets().values().stream()
                .filter(each -> each.name().equals(element.table()))
                .findFirst()
                .orElseThrow();
        return Objects.requireNonNull(dataset.items().get(element.name()), element.toString());
    }

    /** Without the role that the channel adds. */
    private static long items(DatasetPlan dataset) {
        return dataset.items().values().stream()
                .filter(item -> !item.name().equals(SubjectPlan.ROLE_ITEM))
                .count();
    }
}
