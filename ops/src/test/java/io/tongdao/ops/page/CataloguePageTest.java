package io.tongdao.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.Catalogue;
import io.tongdao.contract.catalogue.CatalogueLoader;
import io.tongdao.ops.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CataloguePageTest {
    private static final Path SAMPLE = Path.of("catalogue");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
    private static final String HOSTILE = "<script>alert(\"x\")</script>&amp;'>${1+1}<#--";
    private static final String ESCAPED =
            "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;amp;&#39;&gt;${1+1}&lt;#--";

    @Test
    void anOfficialFindsEveryDatasetItemStandardAgencyAndAssessment() throws IOException {
        // Given
        Catalogue catalogue = sound(SAMPLE);
        // When
        String page = page(catalogue, TODAY);
        // Then
        catalogue.datasets().values().forEach(dataset -> {
            assertThat(page)
                    .contains(
                            "id=\"dataset-" + dataset.id() + "\"",
                            dataset.title(),
                            dataset.share().condition());
            dataset.items().values().forEach(item -> assertThat(page).contains(item.label(), "<code>" + item.name()));
        });
        catalogue
                .standards()
                .values()
                .forEach(standard ->
                        assertThat(page).contains("id=\"standard-" + standard.id() + "\"", standard.title()));
        catalogue.agencies().values().forEach(agency -> assertThat(page).contains(agency.name()));
        catalogue.bases().values().forEach(base -> assertThat(page).contains(base.title()));
        assertThat(page).contains("有条件共享", "保密审查", "2036 年 2 月 28 日", "一数一源");
    }

    @Test
    void thePageNeedsNoNetwork() throws IOException {
        // When
        String page = page(sound(SAMPLE), TODAY);
        // Then
        assertThat(page)
                .doesNotContainPattern("(src|href)=\"(?!#)")
                .doesNotContain("http:", "https:", "url(", "@import");
    }

    @Test
    void whatAnAgencyWritesIsTextAndNeverMarkup(@TempDir Path directory) throws IOException {
        // Given
        copy(directory);
        Path dataset = directory.resolve("datasets/ga/household_population.yaml");
        String quoted = "'" + HOSTILE.replace("'", "''") + "'";
        Files.writeString(
                dataset,
                Files.readString(dataset)
                        .replace("title: 户籍人口基本信息", "title: " + quoted)
                        .replace("label: 曾用名", "label: " + quoted)
                        .replace("condition: 限法定履职，优先核验；批量使用须注明依据和时限", "condition: " + quoted));
        // When
        String page = page(sound(directory), TODAY);
        // Then
        assertThat(page.split("<script>", -1)).as("the page's own script alone").hasSize(2);
        assertThat(page)
                .doesNotContain("alert(\"x\")")
                .contains("<h4>" + ESCAPED + "</h4>", "<dd>" + ESCAPED + "</dd>");
    }

    @Test
    void anAssessmentThatRunsOutSoonStandsFirstAndIsMarked(@TempDir Path directory) throws IOException {
        // Given
        copy(directory);
        Path dataset = directory.resolve("datasets/mz/marriage_registration.yaml");
        Files.writeString(dataset, Files.readString(dataset).replaceFirst("until: 2036-02-28", "until: 2036-02-01"));
        // When
        String page = page(sound(directory), LocalDate.of(2036, 1, 1));
        String expired = page(sound(directory), LocalDate.of(2036, 2, 11));
        // Then
        assertThat(page.substring(page.indexOf("<section id=\"assessments\"")))
                .containsSubsequence("findable soon", "婚姻登记信息", "31 日", "findable soon", "58 日");
        assertThat(expired).containsSubsequence("findable expired", "婚姻登记信息", "已过期 10 日");
    }

    @Test
    void theCommandsWriteWhereTheyAreToldAndRefuseAFaultyCatalogue(@TempDir Path directory) throws IOException {
        // Given
        copy(directory.resolve("faulty"));
        Path terms = directory.resolve("faulty/terms.yaml");
        Files.writeString(terms, Files.readString(terms) + "\nunheard_of: 1\n");
        Path written = directory.resolve("new/page.html");
        Path refused = directory.resolve("refused.html");
        // When
        int page = Main.commandLine().execute("catalogue", "html", SAMPLE.toString(), "--out", written.toString());
        int schema = Main.commandLine()
                .execute(
                        "catalogue",
                        "schema",
                        "--out",
                        directory.resolve("schema").toString());
        StringWriter err = new StringWriter();
        int faulty = Main.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute("catalogue", "html", terms.getParent().toString(), "--out", refused.toString());
        // Then
        assertThat(page).isZero();
        assertThat(written).content().startsWith("<!doctype html>").endsWith("</html>\n");
        assertThat(schema).isZero();
        assertThat(directory.resolve("schema/datasets.schema.json")).content().contains("\"$schema\"", "共享属性");
        assertThat(faulty).isEqualTo(Main.USAGE);
        assertThat(refused).doesNotExist();
        assertThat(err.toString()).contains("terms.yaml:", "unheard_of");
    }

    private static String page(Catalogue catalogue, LocalDate today) throws IOException {
        StringWriter out = new StringWriter();
        CataloguePage.write(catalogue, today, out);
        return out.toString();
    }

    private static Catalogue sound(Path directory) {
        return ((CatalogueLoader.Loaded.Whole) CatalogueLoader.load(directory)).catalogue();
    }

    private static void copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(SAMPLE.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
