package io.tongdao.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.plan.Plan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A province's worth of entries: that all of them are seen, and how long it takes (printed, not asserted; the bar is 3 s). */
class ManyDatasetsTest {
    private static final int DATASETS = 500;
    private static final int ITEMS = 20;
    private static final int PER_AGENCY = 10;
    private static final long MILLION = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void fiveHundredDatasetsCompile() throws IOException {
        // Given
        SampleProvince.copy(Path.of("src/test/resources/catalogue/sound"), directory);
        for (int i = 0; i < DATASETS; i++) {
            dataset(i);
        }
        Map<String, String> variables = new HashMap<>(SampleProvince.ADDRESSES);
        variables.put("inboxes", "/in");
        // When
        Stopwatch watch = new Stopwatch();
        Catalogue catalogue = Catalogue.load(directory, variables);
        String loaded = watch.lap();
        Plan plan = PlanCompiler.compile(catalogue);
        String compiled = watch.lap();
        // Then
        System.out.printf(
                "%d datasets of %d items: loaded and checked in %s, compiled in %s%n",
                plan.datasets().size(), ITEMS, loaded, compiled);
        assertThat(plan.datasets()).hasSizeGreaterThan(DATASETS);
        assertThat(plan.bases()).containsKey("base_49");
        assertThat(plan.themes()).containsKey("district_49.rows");
    }

    /** Wall and processor time: the machine may be busy with other things. */
    private static final class Stopwatch {
        private long wall = System.nanoTime();
        private long processor = processor();

        String lap() {
            long wallNow = System.nanoTime();
            long processorNow = processor();
            String lap = "%d ms (%d ms of processor)"
                    .formatted((wallNow - wall) / MILLION, (processorNow - processor) / MILLION);
            wall = wallNow;
            processor = processorNow;
            return lap;
        }

        private static long processor() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }

    private void dataset(int i) throws IOException {
        String agency = "a" + i / PER_AGENCY;
        if (i % PER_AGENCY == 0) {
            write(
                    "agencies/" + agency + ".yaml",
                    agency + ": {name: 机构, level: province, division: 530000, credit_code: 11530000151000112J}\n");
            write(
                    "sources/" + agency + ".yaml",
                    agency + "-db: {agency: " + agency + ", engine: postgresql, host: h, port: 1, database: d, user: u,"
                            + " password: \"env:P\"}\n");
            write("standards/" + agency + ".yaml", """
                    standard: T/%s
                    title: 代码
                    versions:
                      "1": {from: 2020-01-01, codes: {"1": 一, "2": 二}}
                    """.formatted(agency));
            base(i / PER_AGENCY, agency, i);
        }
        StringBuilder text = new StringBuilder("""
                dataset: d%1$d
                title: 数据%1$d
                code: 101001/%2$d
                abstract: 摘要
                provider: %3$s
                form: database
                format: PostgreSQL
                update: daily
                published_on: 2026-03-01
                class: personal
                retention: {keep: P30Y, archive: P30Y}
                source: {connection: %3$s-db, table: public.t%1$d}
                subject: {kind: person, item: id}
                row_key: []
                territory: {hukou: place}
                share: {class: conditional, methods: [topic], scope: 机关, purposes: [housing, taxation], condition: 依法}
                open: {class: withheld, reason: 个人信息}
                assessments:
                  secrecy: {result: none, on: 2026-03-01, until: 2036-02-28}
                  personal_information: {result: acceptable, on: 2026-03-01, until: 2036-02-28}
                  approved_by: 官
                items:
                  id: {label: 号, source_name: id, type: citizen_id, level: 3, mask: token, origin: {copy_of: ga.household_population.citizen_id}}
                  place: {label: 区, source_name: place, type: division, level: 2, origin: produced}
                """.formatted(i, 1000 + i, agency));
        for (int n = 2; n < ITEMS; n++) {
            text.append("  c_")
                    .append(i)
                    .append('_')
                    .append(n)
                    .append(": {label: 项, source_name: c")
                    .append(n);
            text.append(", type: code(T/")
                    .append(agency)
                    .append("), level: 2, personal: general, origin: collected}\n");
        }
        write("datasets/" + agency + "/d" + i + ".yaml", text.toString());
    }

    private void base(int number, String agency, int first) throws IOException {
        StringBuilder text = new StringBuilder("base: base_%d\ntitle: 库\nsubject: person\nitems:\n".formatted(number));
        for (int n = 2; n < ITEMS; n++) {
            text.append("  c_%d_%d: {source_of_record: %s.d%d}\n".formatted(first, n, agency, first));
        }
        write("base/b" + number + ".yaml", text.toString());
        write("themes/t" + number + ".yaml", """
                theme: district_%d
                title: 区县
                level: county
                division: 530102
                tables:
                  rows:
                    title: 行
                    rows: %s.d%d
                    items: [id, place, c_%d_2]
                    beside:
                      - {of: base.population, items: [full_name]}
                    territory: hukou
                    aggregation: {result: acceptable, on: 2026-03-01, until: 2036-02-28}
                """.formatted(number, agency, first, first));
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
