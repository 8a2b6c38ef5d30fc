package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.provision.TopicContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A grant that verifies, through its whole life over HTTP: filed, approved, asked, alarmed, resumed and suspended; and what each wrong request gets. */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String GRANT = "/v1/grants/yb-verify";
    private static final String APPLICATION = """
            grant: yb-verify
            kind: share
            consumer: yb
            table: base.population
            items: {full_name: drop, birth_date: drop, enrol_status: drop}
            purpose: medical_insurance
            legal_basis: 云南省公共数据条例第三十三条
            scenario: 参保信息核实
            until: 2029-12-31
            delivery: [verify]
            """;
    private static final String FILES = "/v1/grants/yb-files";
    private static final String FILES_APPLICATION = APPLICATION
            .replace("yb-verify", "yb-files")
            .replace(
                    "{full_name: drop, birth_date: drop, enrol_status: drop}",
                    "{full_name: surname, birth_date: year, enrol_status: keep}")
            .replace("[verify]", "[file]\nfiles: {every: day, format: csv, sealed: true, keep: P3D}");
    private static final String REASON = "{\"reason\":\"按程序办理\"}";
    private static final List<Person> PEOPLE = new ArrayList<>();

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static Commands commands;
    private static Path catalogue;
    private static String yb;
    private static String wuhua;
    private static String ga;
    private static String hrss;
    private static String mz;
    private static String authority;

    private record Person(String id, String name, String born) {}

    private record Said(int status, JsonNode body, String text) {}

    @BeforeAll
    static void start() throws Exception {
        catalogue = Files.createDirectories(dir.resolve("catalogue"));
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        CatalogueCopies.edit(
                catalogue.resolve("terms.yaml"),
                text -> text
                        + "verify: {window: P1D, attempts: 3, unknown_subjects: 4, differing_values: 6, batch: 5}\n");
        CatalogueCopies.edit(
                catalogue.resolve("datasets/hrss/social_insurance_enrolment.yaml"),
                text -> text + "membership: sensitive\n");
        whole = new WholeExchange(dir.resolve("data"), 300);
        whole.collect(catalogue);
        whole.settle();
        commands = new Commands(whole);
        yb = token("consumer", "yb", "王敏");
        wuhua = token("consumer", "kunming-wuhua", "李强");
        ga = token("provider", "ga", "赵刚");
        hrss = token("provider", "hrss", "钱芳");
        mz = token("provider", "mz", "孙丽");
        authority = token("authority", "", "周正");
        await().atMost(WholeExchange.LIMIT)
                .untilAsserted(() -> assertThat(people()).hasSize(12));
        for (List<String> row : people()) {
            PEOPLE.add(new Person(row.get(0), row.get(1), row.get(2)));
        }
    }

    private static List<List<String>> people() {
        return whole.lake("select citizen_id, full_name, cast(birth_date as varchar) from base.population"
                + " where enrol_status = '1' and full_name is not null and birth_date < date '2000-01-01'"
                + " order by citizen_id limit 12");
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void whoHasNoTokenReadsTheDescriptionAndNothingElse() throws Exception {
        // When, Then
        Said description = get("", "/openapi.json");
        assertThat(description.status()).isEqualTo(200);
        assertThat(description
                        .body()
                        .at("/paths/~1v1~1grants~1{id}~1verify/post/description")
                        .asText())
                .isEqualTo("身份 roles: consumer (own)");
        assertThat(get("", "/v1/grants").status()).isEqualTo(401);
        assertThat(get("td_0123456789abcdef_nothing", "/v1/grants").status()).isEqualTo(401);
        assertThat(get("", "/v1/secret").status()).isEqualTo(404);
        assertThat(get(yb, "/v1/me").body().path("agency").asText()).isEqualTo("yb");
    }

    @Test
    @Order(2)
    void anApplicationIsJudgedAsTheCommandJudgesIt() throws Exception {
        // When
        Said unreadable = post(yb, "/v1/grants", APPLICATION.replace("purpose:", "purpos:"));
        Said open = post(yb, "/v1/grants", APPLICATION.replace("full_name: drop", "full_name: keep"));
        Said others = post(wuhua, "/v1/grants", APPLICATION);
        Said large = post(yb, "/v1/grants", "#".repeat(2 << 20));
        Said filed = post(yb, "/v1/grants", APPLICATION);

        // Then
        assertThat(unreadable.status()).isEqualTo(422);
        assertThat(unreadable.text()).contains("body:6: ", "purpos");
        assertThat(open.status()).isEqualTo(409);
        assertThat(open.text()).contains("write full_name: drop");
        assertThat(others.status()).isEqualTo(403);
        assertThat(large.status()).isEqualTo(413);
        assertThat(filed.status()).as(filed.text()).isEqualTo(200);
        assertThat(filed.body().path("status").asText()).isEqualTo("filed");
        assertThat(filed.body().path("waiting")).map(JsonNode::asText).containsExactly("ga", "hrss");
    }

    @Test
    @Order(3)
    void onlyItsProvidersApproveItAndOthersDoNotSeeIt() throws Exception {
        // When, Then
        assertThat(get(wuhua, "/v1/grants").body().path("grants")).isEmpty();
        assertThat(get(wuhua, GRANT).status()).isEqualTo(404);
        assertThat(get(mz, GRANT).status()).as("none of its items is its").isEqualTo(404);
        assertThat(post(wuhua, "/v1/grants", APPLICATION.replace("consumer: yb", "consumer: kunming-wuhua"))
                        .status())
                .isEqualTo(409);
        assertThat(step(yb, "approve").status()).isEqualTo(403);
        assertThat(step(authority, "approve").status())
                .as("it is the provider's to say")
                .isEqualTo(403);
        assertThat(step(ga, "approve").body().path("waiting"))
                .map(JsonNode::asText)
                .containsExactly("hrss");
        JsonNode approved = step(hrss, "approve").body();
        assertThat(approved.path("status").asText()).isEqualTo("approved");
        assertThat(approved.path("steps"))
                .as("each step says why")
                .map(one -> one.path("reason").asText())
                .contains("approved for ga: 按程序办理", "approved for hrss: 按程序办理");
        await().atMost(WholeExchange.LIMIT)
                .until(() ->
                        get(authority, GRANT).body().path("status").asText().equals("active"));
    }

    @Test
    @Order(4)
    void answersSayWhetherAndNeverWhat() throws Exception {
        // Given
        Person person = PEOPLE.get(0);
        String spaced = person.name().charAt(0) + "　 " + person.name().substring(1);

        // When
        Said right =
                answered(person.id(), Map.of("full_name", spaced, "birth_date", person.born(), "enrol_status", "1"));
        Said wrong = answered(person.id(), Map.of("full_name", "欧阳不对", "enrol_status", "2"));
        Said nobody = answered(Citizens.number("530102", 5), Map.of("full_name", "无此人", "enrol_status", "1"));

        // Then
        assertThat(answers(right)).isEqualTo("birth_date=matches enrol_status=match full_name=matches");
        assertThat(answers(wrong)).isEqualTo("enrol_status=no_match full_name=differs");
        assertThat(answers(nobody)).isEqualTo("enrol_status=no_match full_name=not_held");
        assertThat(command(PEOPLE.get(5)))
                .contains("full_name                一致 matches", "enrol_status             一致 match", "记录 record ");
        assertThat(verify(yb, "1234", Map.of("full_name", "x")).status()).isEqualTo(422);
        assertThat(verify(yb, person.id(), Map.of("mobile", "1")).status())
                .as("not granted")
                .isEqualTo(422);
        assertThat(verify(yb, person.id(), Map.of("birth_date", "yesterday")).status())
                .isEqualTo(422);
        assertThat(verify(wuhua, person.id(), Map.of("full_name", "x")).status())
                .isEqualTo(404);
        assertThat(verify(ga, person.id(), Map.of("full_name", "x")).status()).isEqualTo(403);
        Said record = get(authority, "/v1/verifications");
        assertThat(record.body().path("verifications")).hasSize(4);
        assertThat(record.text())
                .contains("王敏 (yb)", right.body().path("record").asText());
        assertThat(right.text() + wrong.text() + record.text()).doesNotContain(person.id(), person.name(), "欧阳不对");
        assertThat(get(wuhua, "/v1/verifications").body().path("verifications")).isEmpty();
        Said released = get(authority, "/v1/ledger?reason=audit&each=minute");
        assertThat(released.status()).isEqualTo(200);
        assertThat(released.body().path("access").asText()).isNotEmpty();
        assertThat(get(authority, "/v1/ledger").status()).isEqualTo(422);
        assertThat(get(ga, "/v1/ledger?reason=audit").status()).isEqualTo(200);
        assertThat(get(yb, "/v1/ledger?reason=audit").status()).isEqualTo(403);
    }

    @Test
    @Order(5)
    void attemptsAreUsedUpAndStayUsedUp() throws Exception {
        // Given
        Person person = PEOPLE.get(1);
        for (int i = 0; i < 3; i++) {
            assertThat(answered(person.id(), Map.of("full_name", person.name())).status())
                    .isEqualTo(200);
        }

        // When
        Said fourth = verify(yb, person.id(), Map.of("full_name", person.name()));
        whole.stopStages();
        whole.run(catalogue);
        whole.awaitStreaming();

        // Then
        assertThat(fourth.status()).isEqualTo(429);
        assertThat(answered(person.id(), Map.of("full_name", person.name())).status())
                .isEqualTo(429);
        assertThat(answers(answered(person.id(), Map.of("birth_date", person.born()))))
                .isEqualTo("birth_date=matches");
    }

    @Test
    @Order(6)
    void whoIsProtectedIsNotHeld() throws Exception {
        // Given
        Person person = PEOPLE.get(2);
        assertThat(answers(answered(person.id(), Map.of("full_name", person.name()))))
                .isEqualTo("full_name=matches");

        // When
        commands.tongdao(
                "protect",
                "add",
                "--subject",
                person.id(),
                "--ground",
                "protected_person",
                "--basis",
                "刑事诉讼法 64",
                "--by",
                "authority",
                "--reason",
                "证人");

        // Then
        await().atMost(WholeExchange.LIMIT)
                .untilAsserted(() -> assertThat(answers(answered(person.id(), Map.of("birth_date", person.born()))))
                        .isEqualTo("birth_date=not_held"));
    }

    @Test
    @Order(7)
    void whoTriesNumbersIsStoppedUntilTheAuthorityLiftsIt() throws Exception {
        // Given
        StringBuilder questions = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            questions
                    .append(i == 0 ? "" : ",")
                    .append(question(Citizens.number("530102", 50 + i), Map.of("full_name", "某")));
        }

        // When
        Said tooMany = post(yb, GRANT + "/verify/batch", "{\"questions\":[" + questions + "," + questions + "]}");
        Said batch = post(yb, GRANT + "/verify/batch", "{\"questions\":[" + questions + "]}");

        // Then
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(batch.status()).as(batch.text()).isEqualTo(409);
        Person person = PEOPLE.get(3);
        assertThat(verify(yb, person.id(), Map.of("full_name", person.name())).status())
                .isEqualTo(409);
        await().atMost(WholeExchange.LIMIT)
                .until(() -> get(yb, GRANT).body().path("status").asText().equals("suspended"));
        assertThat(get(authority, GRANT).text()).contains("枚举告警");
        assertThat(step(yb, "resume").status()).isEqualTo(403);
        assertThat(step(ga, "resume").status()).isEqualTo(403);
        assertThat(step(authority, "resume").body().path("epoch").asInt()).isEqualTo(2);
        await().atMost(WholeExchange.LIMIT)
                .untilAsserted(() -> assertThat(answers(verify(yb, person.id(), Map.of("full_name", person.name()))))
                        .isEqualTo("full_name=matches"));
    }

    @Test
    @Order(8)
    void aSuspensionThatIsAcknowledgedIsTheEndOfAnswers() throws Exception {
        // Given
        Person person = PEOPLE.get(4);
        assertThat(post(ga, GRANT + "/suspend", "{\"reason\":\"" + person.id() + "\"}")
                        .status())
                .as("a reason names nobody")
                .isEqualTo(422);

        // When
        Said cut = step(ga, "suspend");
        Said after = verify(yb, person.id(), Map.of("full_name", person.name()));

        // Then
        assertThat(cut.body().path("cut").asBoolean()).as(cut.text()).isTrue();
        assertThat(after.status()).isEqualTo(409);
        try (Admin admin = whole.admin()) {
            assertThat(admin.listTopics().names().get()).noneMatch(topic -> topic.startsWith("share.yb"));
        }
    }

    @Test
    @Order(9)
    void filesAreMadeByThemselvesAndAreWhatTheTopicSays() throws Exception {
        // Given
        assertThat(post(yb, "/v1/grants", FILES_APPLICATION).status()).isEqualTo(200);
        assertThat(post(ga, FILES + "/approve", REASON).status()).isEqualTo(200);
        assertThat(post(hrss, FILES + "/approve", REASON).status()).isEqualTo(200);

        // When
        JsonNode version = versions(1).getFirst();
        String place = FILES + "/files/" + version.path("version").asText();
        JsonNode manifest = get(yb, place).body();
        HttpResponse<byte[]> file = bytes(yb, place + "/data.csv.sm4", "");
        Path sealed = Files.write(dir.resolve("data.csv.sm4"), file.body());
        Path described = Files.writeString(dir.resolve("files.json"), manifest.toString());
        Path key = dir.resolve("files.key");
        Path plain = dir.resolve("data.csv");
        commands.tongdao("grant", "files", "yb-files", "--key", key.toString());
        Commands.Said opened = Commands.execute(List.of(
                "grant",
                "unseal",
                "--key",
                key.toString(),
                "--manifest",
                described.toString(),
                sealed.toString(),
                plain.toString()));

        // Then
        assertThat(opened.exit()).as(opened.err()).isZero();
        assertThat(file.headers().firstValue("Repr-Digest"))
                .hasValueSatisfying(digest -> assertThat(digest)
                        .startsWith("sha-256=:" + base64(version.path("sha256").asText()) + ":"));
        assertThat(file.headers().firstValueAsLong("Content-Length")).hasValue(file.body().length);
        List<String> keys = Files.readAllLines(plain).stream()
                .skip(1)
                .map(line -> line.split(",")[0])
                .toList();
        assertThat(keys)
                .containsExactlyElementsOf(
                        new TreeSet<>(TopicContent.read(whole.parts().broker().adminSettings(), "share.yb.yb-files.e1")
                                .keySet()))
                .hasSize(manifest.path("rows").asInt())
                .isNotEmpty();
        assertThat(Files.readAllLines(plain).getFirst())
                .isEqualTo("_key,full_name,birth_date,enrol_status,_disputed,_withheld");
        assertThat(manifest.path("items"))
                .map(item -> item.path("label").asText())
                .contains("姓名");
        assertThat(get(yb, FILES).body().path("topic").asText())
                .as("no right on the broker")
                .isEmpty();
        assertThat(bytes(yb, place + "/data.csv.sm4", "bytes=8-15").body())
                .isEqualTo(Arrays.copyOfRange(file.body(), 8, 16));
        assertThat(bytes(yb, place + "/data.csv.sm4", "bytes=99999999-").statusCode())
                .isEqualTo(416);
        assertThat(commands.run(
                                "grant",
                                "files",
                                "yb-files",
                                "--key",
                                dir.resolve("again").toString())
                        .err())
                .contains("was handed out at");
        assertThat(dir.resolve("again")).doesNotExist();
        assertThat(commands.run(
                                "grant",
                                "files",
                                "yb-verify",
                                "--key",
                                dir.resolve("none").toString())
                        .err())
                .contains("yb-verify delivers no sealed files");
    }

    @Test
    @Order(10)
    void filesAreTheirConsumersAloneAndEachPickupIsOnRecord() throws Exception {
        // Given
        String version = versions(1).getFirst().path("version").asText();
        String place = FILES + "/files/" + version;

        // When, Then
        assertThat(unnamed(get(wuhua, FILES + "/files"))).isEqualTo(unnamed(get(wuhua, "/v1/grants/nothing/files")));
        assertThat(bytes(wuhua, place + "/data.csv.sm4", "").statusCode()).isEqualTo(404);
        assertThat(bytes(ga, place + "/data.csv.sm4", "").statusCode()).isEqualTo(403);
        assertThat(bytes(authority, place + "/data.csv.sm4", "").statusCode()).isEqualTo(403);
        assertThat(bytes(yb, place + "/..%2Fmanifest.json", "").statusCode()).isBetween(400, 404);
        assertThat(get(yb, FILES + "/files/20200101T000000000Z").status()).isEqualTo(404);
        JsonNode pickups = get(authority, "/v1/pickups?grant=yb-files").body().path("pickups");
        assertThat(pickups)
                .map(one -> one.path("by").asText() + " " + one.path("version").asText() + " "
                        + one.path("from").asLong())
                .containsExactly("王敏 (yb) " + version + " 0", "王敏 (yb) " + version + " 8");
        assertThat(get(wuhua, "/v1/pickups").body().path("pickups")).isEmpty();
        assertThat(post(yb, FILES + "/files", REASON).status())
                .as("one was just made")
                .isEqualTo(429);
        assertThat(post(wuhua, FILES + "/files", REASON).status()).isEqualTo(404);
        assertThat(commands.tongdao("grant", "files", "yb-files", "--now"))
                .contains(version, "SM3", "sealed with key f1");
        assertThat(versions(2)).hasSize(2);
        await().atMost(WholeExchange.LIMIT)
                .untilAsserted(() -> assertThat(commands.tongdao("status"))
                        .containsPattern("yb-files +epoch 1 +versions 2 +rows [1-9]"));
    }

    @Test
    @Order(11)
    void whatIsSuspendedHandsOutNothingAndBeginsAnewWhenItIsResumed() throws Exception {
        // Given
        assertThat(key("destroy").err()).contains("key yb/yb-files/f1 is in use by files of yb-files");
        assertThat(key("rotate").out()).contains("key yb/yb-files/f2 is made");
        assertThat(key("destroy").err()).as("files that can be picked up").contains("is in use");
        String version = versions(2).getFirst().path("version").asText();
        String file = FILES + "/files/" + version + "/data.csv.sm4";
        assertThat(bytes(yb, file, "").statusCode()).isEqualTo(200);

        // When
        assertThat(post(ga, FILES + "/suspend", REASON).status()).isLessThan(300);

        // Then
        await().atMost(Duration.ofSeconds(1)).until(() -> bytes(yb, file, "").statusCode() == 409);
        assertThat(get(yb, FILES + "/files").status()).isEqualTo(409);
        assertThat(commands.run("grant", "files", "yb-files").err()).contains("yb-files is suspended");
        assertThat(whole.data().files().resolve("yb/yb-files/e1").resolve(version))
                .isDirectory();
        assertThat(key("destroy").exit()).as("nothing needs it any more").isZero();
        assertThat(post(authority, FILES + "/resume", REASON).status()).isEqualTo(200);
        JsonNode next = versions(1).getFirst();
        assertThat(next.path("epoch").asInt()).isEqualTo(2);
        assertThat(next.path("sealed").asInt()).as("the version of the key").isEqualTo(2);
        assertThat(bytes(yb, file, "").statusCode()).as("of the former epoch").isEqualTo(404);
    }

    @Test
    @Order(12)
    void aDayLaterTheNextVersionIsMadeByItself() {
        // Given
        Instant before = Instant.parse(versions(1).getFirst().path("made").asText());

        // When
        whole.sleep();

        // Then
        Instant next = Instant.parse(versions(2).getLast().path("made").asText());
        assertThat(Duration.between(before, next)).isBetween(Duration.ofDays(1), Duration.ofHours(25));
    }

    @Test
    @Order(13)
    void whatWasKeptForItsDaysIsRemoved() throws Exception {
        // When
        whole.sleep();
        whole.sleep();
        whole.sleep();

        // Then
        JsonNode left = versions(1).getFirst();
        assertThat(Instant.parse(left.path("made").asText()))
                .isAfter(Instant.now().plus(Duration.ofDays(3)));
        assertThat(logs()).contains("is removed, it was kept for 3 days");
    }

    @Test
    @Order(14)
    void aRevokedTokenIsNoneAndNothingOfAnybodyIsInTheLogs() throws Exception {
        // When
        String id = yb.substring(3, 19);
        assertThat(commands.run("token", "revoke", id, "--by", "周正", "--reason", "离岗")
                        .exit())
                .isZero();

        // Then
        await().atMost(Duration.ofSeconds(10)).until(() -> get(yb, "/v1/me").status() == 401);
        assertThat(commands.run("token", "list").out()).contains(id, "已吊销").doesNotContain(yb.substring(20));
        try (Stream<Path> logs = Files.walk(whole.data().logs())) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
                assertThat(text)
                        .as(log.toString())
                        .doesNotContain(
                                yb.substring(20),
                                authority.substring(20),
                                PEOPLE.get(0).id(),
                                "欧阳不对");
            }
        }
    }

    private static String token(String role, String agency, String person) {
        List<String> words =
                new ArrayList<>(List.of("token", "issue", "--role", role, "--person", person, "--by", "运维"));
        if (!agency.isEmpty()) {
            words.addAll(List.of("--agency", agency));
        }
        Commands.Said said = commands.run(words.toArray(String[]::new));
        assertThat(said.exit()).as(said.err()).isZero();
        return said.out().strip();
    }

    private static String command(Person person) throws IOException {
        Path token = Files.writeString(dir.resolve("token"), yb);
        InputStream before = System.in;
        System.setIn(
                new ByteArrayInputStream(question(person.id(), Map.of("full_name", person.name(), "enrol_status", "1"))
                        .getBytes(StandardCharsets.UTF_8)));
        try {
            return commands.tongdao("verify", "yb-verify", "--token-file", token.toString());
        } finally {
            System.setIn(before);
        }
    }

    /** Asks again while what is held is not current. */
    private static Said answered(String subject, Map<String, String> stated) {
        List<Said> last = new ArrayList<>();
        await().atMost(WholeExchange.LIMIT).until(() -> {
            last.add(verify(yb, subject, stated));
            int status = last.getLast().status();
            return status != 503 && status != 409;
        });
        return last.getLast();
    }

    private static Said verify(String token, String subject, Map<String, String> stated) throws Exception {
        return post(token, GRANT + "/verify", question(subject, stated));
    }

    private static String question(String subject, Map<String, String> stated) throws IOException {
        return JSON.writeValueAsString(Map.of("subject", subject, "stated", stated));
    }

    private static String answers(Said said) {
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        List<String> all = new ArrayList<>();
        said.body()
                .path("answers")
                .properties()
                .forEach(one -> all.add(one.getKey() + "=" + one.getValue().asText()));
        return String.join(" ", all);
    }

    private static String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> logs = Files.walk(whole.data().logs())) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    private static Commands.Said key(String what) {
        List<String> words =
                new ArrayList<>(List.of("key", what, "--files", "yb", "yb-files", "--by", "运维", "--reason", "试验"));
        if (what.equals("destroy")) {
            words.addAll(List.of("--key-version", "1"));
        }
        return commands.run(words.toArray(String[]::new));
    }

    /** The versions that can be picked up, once there are so many. */
    private static List<JsonNode> versions(int wanted) {
        List<JsonNode> found = new ArrayList<>();
        await().atMost(WholeExchange.LIMIT).until(() -> {
            found.clear();
            get(yb, FILES + "/files").body().path("versions").forEach(found::add);
            return found.size() == wanted;
        });
        return found;
    }

    private static HttpResponse<byte[]> bytes(String token, String path, String range) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(whole.exchange().apiUrl() + path))
                .header("Authorization", "Bearer " + token);
        if (!range.isEmpty()) {
            request.header("Range", range);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String unnamed(Said said) {
        return said.text().replaceAll("/requests/[-0-9a-f]+", "");
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static Said step(String token, String step) throws Exception {
        return post(token, GRANT + "/" + step, "{\"reason\":\"按程序办理\"}");
    }

    private static Said get(String token, String path) throws Exception {
        return send(token, path, HttpRequest.newBuilder().GET());
    }

    private static Said post(String token, String path, String body) throws Exception {
        return send(token, path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static Said send(String token, String path, HttpRequest.Builder request) throws Exception {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = HTTP.send(
                request.uri(URI.create(whole.exchange().apiUrl() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
        return new Said(answer.statusCode(), JSON.readTree(answer.body()), answer.body());
    }
}
