package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.lakehouse.query.TableFiles;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.province.AgencyTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A table is opened to an applicant, again after it changed, suspended and withdrawn: what stands in the files, on record, and what is refused. */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenIT {
    private static final String ID = "enterprise_distribution";
    private static final String[] TERMS = {
        "--for", "yunnan-university", "--undertaking", "承诺〔2026〕1号", "--agreement", "协议〔2026〕1号", "--by", "张三"
    };
    private static final String NEWCOMER = "91350100M000100Y43";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static Commands commands;

    @BeforeAll
    static void start() throws Exception {
        Path catalogue = Files.createDirectories(dir.resolve("catalogue"));
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        CatalogueCopies.copy(Path.of("src/test/resources/open"), Files.createDirectories(catalogue.resolve("open")));
        whole = new WholeExchange(dir.resolve("data"), 300);
        whole.collect(catalogue);
        whole.settle();
        commands = new Commands(whole);
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void whatIsOpenedUnderConditionsIsOpenedToNobodyElse() {
        // When
        Commands.Said toAll = commands.run("open", "publish", ID, "--by", "张三");
        Commands.Said toNumber = commands.run(
                "open",
                "publish",
                ID,
                "--for",
                "x530102199003071238",
                "--undertaking",
                "1",
                "--agreement",
                "2",
                "--by",
                "张三");
        // Then
        assertThat(toAll.exit()).isEqualTo(1);
        assertThat(toAll.err()).contains("--undertaking", "art. 41");
        assertThat(toNumber.err()).contains("never the number of a person").doesNotContain("530102199003071238");
        assertThat(whole.data().open())
                .satisfiesAnyOf(
                        open -> assertThat(open).doesNotExist(),
                        open -> assertThat(open).isEmptyDirectory());
    }

    @Test
    @Order(2)
    void aVersionIsThereWithAllThatDescribesItAndTellsOfNobody() throws Exception {
        // When
        String said = publish(ID);
        // Then
        assertThat(said).contains("已发布 published  " + ID + " v1", "k=5，l=3");
        Path version = version(1);
        assertThat(names(version))
                .containsExactly(
                        "data.csv",
                        "data.json",
                        "data.parquet",
                        "dcat.jsonld",
                        "dictionary.json",
                        "manifest.json",
                        "report.json");
        digestsHold(version);
        List<Map<String, String>> rows = rows(version);
        assertThat(rows).hasSizeGreaterThan(30);
        groups(rows).values().forEach(group -> {
            assertThat(group).hasSizeGreaterThanOrEqualTo(5);
            assertThat(group.stream().map(row -> row.get("registered_capital")).distinct())
                    .hasSizeGreaterThanOrEqualTo(3);
        });
        JsonNode dcat = JSON.readTree(version.resolve("dcat.jsonld").toFile());
        assertThat(dcat.at("/dcat:distribution/0/dcat:accessURL/@id").asText()).isEqualTo("data.csv");
        assertThat(dcat.at("/dct:publisher/foaf:name/@value").asText()).contains("市场监督管理局");
        nothingOfAnybody();
    }

    @Test
    @Order(3)
    void whatCanBeToldFromTooFewIsRefusedWithNumbers() {
        // When
        Commands.Said said = commands.run(publishing("enterprise_by_county"));
        // Then
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err())
                .contains("is not published", "leave out 2 of 40 rows or fewer")
                .doesNotContain("9153");
        assertThat(whole.data().open().resolve("enterprise_by_county")).doesNotExist();
    }

    @Test
    @Order(4)
    void oneWhoCameSinceTheFormerVersionIsNotInTheNext() throws Exception {
        // Given
        whole.commit(
                AgencyTable.ENTERPRISE,
                "INSERT INTO qydj_xx (ztbh, tyshxydm, qymc, scztlx, zczb, clrq, hydm, djzt) VALUES (9100001, '"
                        + NEWCOMER + "', '新来的公司', '1130', 2500, '2019-05-20', 'A0164', '10')");
        whole.settle();
        assertThat(whole.lake("select uscc from base.legal_entity where uscc = '" + NEWCOMER + "'"))
                .hasSize(1);
        // When
        publish(ID);
        // Then
        assertThat(rows(version(2))).containsExactlyInAnyOrderElementsOf(rows(version(1)));
    }

    @Test
    @Order(6)
    void oneWhoIsProtectedSinceIsNotSeenToHaveGone() throws Exception {
        // Given
        String firm = whole.lake("select _key from base.legal_entity where _key like '91%' and _key <> '" + NEWCOMER
                        + "' order by 1")
                .getFirst()
                .getFirst();
        String key = commands.tongdao(
                        "protect",
                        "add",
                        "--subject",
                        firm,
                        "--ground",
                        "other",
                        "--basis",
                        "某法",
                        "--by",
                        "authority",
                        "--reason",
                        "测试")
                .strip();
        // When
        Commands.Said said = commands.run(publishing(ID));
        // Then
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err())
                .contains("is not published", "rows that came or went since a former version")
                .doesNotContain(firm);
        assertThat(names(version(1).getParent())).containsExactly("v1", "v2");
        commands.tongdao("protect", "lift", key, "--by", "authority", "--reason", "测试");
    }

    @Test
    @Order(9)
    void aRowThatNamesAProtectedPersonIsNotCountedThoughItsTableKeepsIt() throws Exception {
        // Given
        String person = whole.lake(
                        "select legal_rep_id_no from src_scjg.enterprise_registration where length(legal_rep_id_no) = 18")
                .getFirst()
                .getFirst();
        String key = commands.tongdao(
                        "protect",
                        "add",
                        "--subject",
                        person,
                        "--ground",
                        "protected_person",
                        "--basis",
                        "刑事诉讼法第六十四条",
                        "--by",
                        "authority",
                        "--reason",
                        "测试")
                .strip();
        int others = Integer.parseInt(whole.lake("select count(*) from src_scjg.enterprise_registration"
                        + " where legal_rep_id_no is null or legal_rep_id_no <> '" + person + "'")
                .getFirst()
                .getFirst());
        // When
        String said = publish("enterprise_types");
        // Then
        JsonNode report = JSON.readTree(whole.data()
                .open()
                .resolve("enterprise_types/yunnan-university/v1/report.json")
                .toFile());
        assertThat(report.path("rows").asInt() + report.path("suppressed").asInt())
                .isEqualTo(others);
        assertThat(said).doesNotContain(person);
        commands.tongdao("protect", "lift", key, "--by", "authority", "--reason", "测试");
    }

    @Test
    @Order(5)
    void withoutWhatIsRememberedNothingMoreIsPublished() throws Exception {
        // Given
        Path remembered = whole.data().openRecord().resolve(ID).resolve("v2.parquet");
        Path away = Files.move(remembered, dir.resolve("away.parquet"));
        // When
        Commands.Said said = commands.run(publishing(ID));
        // Then
        assertThat(said.err()).contains("nothing is remembered of it");
        Files.move(away, remembered);
    }

    @Test
    @Order(7)
    void whatIsSuspendedCannotBeReadAndComesBackAsItWas() throws Exception {
        // Given
        byte[] before = Files.readAllBytes(version(1).resolve("data.csv"));
        // When
        commands.tongdao("open", "suspend", ID, "--version", "1", "--reason", "有人投诉，正在核实", "--by", "李四");
        // Then
        assertThat(names(version(1))).containsExactly("notice.json");
        assertThat(Files.readString(version(1).resolve("notice.json")))
                .contains("中止开放公告", "正在核实")
                .doesNotContain("李四");
        assertThat(names(version(2))).contains("data.csv");
        assertThat(commands.run(publishing(ID)).err()).contains("is suspended");

        // When
        commands.tongdao("open", "resume", ID, "--version", "1", "--reason", "投诉不成立", "--by", "李四");
        // Then
        assertThat(Files.readAllBytes(version(1).resolve("data.csv"))).isEqualTo(before);
        digestsHold(version(1));
    }

    @Test
    @Order(8)
    void whatIsWithdrawnIsGoneForGoodAndTheRecordSaysWhy() throws Exception {
        // When
        commands.tongdao("open", "withdraw", ID, "--reason", "数据提供单位要求撤回", "--by", "王五");
        // Then
        for (int number : new int[] {1, 2}) {
            assertThat(names(version(number))).containsExactly("notice.json");
            assertThat(Files.readString(version(number).resolve("notice.json"))).contains("撤回公告");
        }
        assertThat(everything(whole.data().openRecord()))
                .as("nothing is kept but what former versions are tested by")
                .allMatch(file -> file.endsWith(".parquet") || file.endsWith("lock"));
        assertThat(commands.tongdao("open", "show", ID))
                .contains("张三", "李四  有人投诉", "已撤回 withdrawn  王五  数据提供单位要求撤回", "承诺〔2026〕1号");
        assertThat(commands.run("open", "resume", ID, "--reason", "再来", "--by", "王五")
                        .err())
                .contains("no version of " + ID + " can be resumed");
    }

    private static String publish(String id) {
        return commands.tongdao(publishing(id));
    }

    private static String[] publishing(String id) {
        return Stream.concat(Stream.of("open", "publish", id), Stream.of(TERMS)).toArray(String[]::new);
    }

    private static Path version(int number) {
        return whole.data().open().resolve(ID).resolve("yunnan-university").resolve("v" + number);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> everything(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    private static void digestsHold(Path version) throws Exception {
        JsonNode files =
                JSON.readTree(version.resolve("manifest.json").toFile()).path("files");
        assertThat(files.size()).isEqualTo(6);
        for (Map.Entry<String, JsonNode> file : files.properties()) {
            byte[] bytes = Files.readAllBytes(version.resolve(file.getKey()));
            assertThat(file.getValue().path("digest").asText())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
    }

    private static List<Map<String, String>> rows(Path version) throws IOException {
        List<String> columns = new ArrayList<>();
        JSON.readTree(version.resolve("dictionary.json").toFile())
                .path("items")
                .forEach(item -> columns.add(item.path("item").asText()));
        return TableFiles.read(version.resolve("data.parquet"), columns).stream()
                .map(row -> {
                    Map<String, String> named = new LinkedHashMap<>();
                    columns.forEach(column -> named.put(column, String.valueOf(row.get(columns.indexOf(column)))));
                    return named;
                })
                .toList();
    }

    private static Map<List<String>, List<Map<String, String>>> groups(List<Map<String, String>> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(row -> row.entrySet().stream()
                        .filter(cell -> !cell.getKey().equals("registered_capital"))
                        .map(Map.Entry::getValue)
                        .toList()));
    }

    /** No code and no name of any enterprise is in a file that is published or remembered. */
    private static void nothingOfAnybody() throws IOException {
        List<String> files = new ArrayList<>(everything(whole.data().open()));
        files.addAll(everything(whole.data().openRecord()));
        for (List<String> firm : whole.lake("select uscc, ent_name from base.legal_entity")) {
            for (String file : files) {
                String text = new String(Files.readAllBytes(Path.of(file)), StandardCharsets.UTF_8);
                assertThat(text).as(file).doesNotContain(firm.get(0), firm.get(1));
            }
        }
    }
}
