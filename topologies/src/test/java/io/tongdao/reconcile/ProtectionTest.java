package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.protect.Protection.Ground;
import io.tongdao.contract.protect.Protection.Of;
import io.tongdao.contract.topic.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is protected leaves golden records, discrepancies and reviews as if it had never been there, and comes back when that ends. */
class ProtectionTest {
    private static final String CHILD = "530102201003071238";
    private static final String FORMER = "530102201003077218";
    private static final String HUSBAND = "530102199003071238";
    private static final String WIFE = "530102199203071224";
    private static final String POPULATION = "base.population";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path state;

    private ReconcileDriver driver;
    private int commit;
    private int decided;
    private Protection last;

    @BeforeEach
    void start() {
        driver = new ReconcileDriver(state.resolve("first"));
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aProtectedSubjectIsGoneWithItsDiscrepanciesAndComesBack() {
        // Given
        household(HUSBAND, "张三");
        insured(HUSBAND, "李四");
        assertThat(standing("flag.discrepancy")).hasSize(1);
        Object before = driver.goldens(POPULATION).get(HUSBAND);

        // When
        protect(Of.SUBJECT, HUSBAND, "", "", "");
        insured(HUSBAND, "王五");
        household(HUSBAND, "张三丰");

        // Then
        assertThat(driver.goldens(POPULATION)).doesNotContainKey(HUSBAND);
        assertThat(standing("flag.discrepancy"))
                .as("not closed, which would still name the subject")
                .isEmpty();
        assertThat(driver.read("flag.discrepancy").getLast().value()).isNull();

        // When
        household(HUSBAND, "张三");
        insured(HUSBAND, "李四");
        lift();

        // Then
        assertThat(items(driver.goldens(POPULATION).get(HUSBAND))).isEqualTo(items(before));
        assertThat(driver.discrepancies().values()).allMatch(one -> one.stands());
    }

    @Test
    void whatIsProtectedFromTheBeginningIsNeverWrittenAtAll() {
        // Given
        protect(Of.SUBJECT, HUSBAND, "", "", "");

        // When
        household(HUSBAND, "张三");
        insured(HUSBAND, "李四");
        driver.pass(Duration.ofDays(2));

        // Then
        assertThat(driver.written()).isEmpty();
    }

    @Test
    void aRowThatNamesAProtectedSubjectIsNotHeardOfTheOtherEither() {
        // Given
        household(HUSBAND, "张三");
        marriage();
        assertThat(driver.goldens(POPULATION).get(HUSBAND)).asString().contains("marital_status=20");

        // When
        protect(Of.SUBJECT, WIFE, "", "", "");
        driver.pass(Duration.ofSeconds(1));

        // Then
        assertThat(driver.goldens(POPULATION)).doesNotContainKey(WIFE);
        assertThat(driver.goldens(POPULATION).get(HUSBAND))
                .asString()
                .contains("张三")
                .doesNotContain("marital_status");

        // When
        driver = driver.restart(state.resolve("second"), SampleProvince.plan());
        lift();
        driver.pass(Duration.ofSeconds(1));

        // Then
        assertThat(driver.goldens(POPULATION).get(HUSBAND)).asString().contains("marital_status=20");
        assertThat(driver.goldens(POPULATION)).containsKey(WIFE);
    }

    @Test
    void aProtectedRowIsNotHeardAndItsDiscrepancyLeavesNoEntry() {
        // Given
        household(HUSBAND, "张三");
        insured(HUSBAND, "李四");
        assertThat(standing("flag.discrepancy")).hasSize(1);

        // When
        protect(Of.ROW, HUSBAND, "", SampleProvince.INSURANCE, "");

        // Then
        assertThat(driver.goldens(POPULATION).get(HUSBAND)).asString().contains("张三");
        assertThat(standing("flag.discrepancy")).isEmpty();
    }

    @Test
    void anAdoptedChildsOldAndNewNumberAreApartWhileTheLinkIsProtected() {
        // Given
        household(FORMER, "张小三");
        insured(FORMER, "张小三");
        ObjectNode renumbered = JSON.createObjectNode().put("citizen_id", CHILD).put("full_name", "李小三");
        pipe(SampleProvince.HOUSEHOLD, CHILD, renumbered.put("former_id", FORMER));
        assertThat(driver.goldens(POPULATION)).containsOnlyKeys(CHILD);

        // When
        protect(Of.LINK, FORMER, CHILD, "", "");

        // Then
        assertThat(driver.goldens(POPULATION)).containsOnlyKeys(CHILD, FORMER);
        assertThat(items(driver.goldens(POPULATION).get(CHILD))).doesNotContain("张小三");
        assertThat(standing("flag.review")).isEmpty();

        // When
        lift();

        // Then
        assertThat(driver.goldens(POPULATION)).containsOnlyKeys(CHILD);
    }

    @Test
    void aRowUnderReviewLeavesTheListWithItsSubject() {
        // Given
        household(HUSBAND, "张三", 7_000);
        pipe(
                SampleProvince.INSURANCE,
                HUSBAND,
                JSON.createObjectNode().put("full_name", "李四").put("birth_date", 9_000));
        assertThat(standing("flag.review")).hasSize(1);

        // When
        protect(Of.SUBJECT, HUSBAND, "", "", "");

        // Then
        assertThat(standing("flag.review")).isEmpty();
        assertThat(driver.read("flag.review").getLast().value()).isNull();
    }

    @Test
    void anOlderDecisionThatComesLateChangesNothing() {
        // Given
        household(HUSBAND, "张三");
        Protection first = protection(Of.SUBJECT, HUSBAND, "", "", "");
        send(first);
        send(first.lift("authority", "解除", ReconcileDriver.START.plusSeconds(100)));

        // When
        send(first);

        // Then
        assertThat(driver.goldens(POPULATION)).containsKey(HUSBAND);
    }

    /** Entries of a flag topic that are there, closed ones too. */
    private Map<String, byte[]> standing(String topic) {
        Map<String, byte[]> last = new TreeMap<>();
        for (TestRecord<byte[], byte[]> record : driver.read(topic)) {
            last.remove(ReconcileDriver.text(record.key()));
            if (record.value() != null) {
                last.put(ReconcileDriver.text(record.key()), record.value());
            }
        }
        return last;
    }

    private static String items(Object golden) {
        Map<?, ?> all = new TreeMap<>((Map<?, ?>) golden);
        all.remove("_sources");
        return all.toString();
    }

    private void household(String subject, String name, int... birth) {
        ObjectNode value = JSON.createObjectNode().put("citizen_id", subject).put("full_name", name);
        for (int day : birth) {
            value.put("birth_date", day);
        }
        pipe(SampleProvince.HOUSEHOLD, subject, value);
    }

    private void insured(String subject, String name) {
        pipe(SampleProvince.INSURANCE, subject, JSON.createObjectNode().put("full_name", name));
    }

    private void marriage() {
        for (String role : new String[] {"husband", "wife"}) {
            pipe(
                    SampleProvince.MARRIAGE,
                    (role.equals("husband") ? HUSBAND : WIFE) + "|" + role + ":1",
                    JSON.createObjectNode()
                            .put("husband_id_no", HUSBAND)
                            .put("wife_id_no", WIFE)
                            .put("marital_status", "20")
                            .put("reg_date", 19_000)
                            .put("subject_role", role));
        }
    }

    private void pipe(String dataset, String key, ObjectNode value) {
        commit++;
        ObjectNode json = JSON.createObjectNode().put("key", key).put("row", dataset.substring(0, 2) + key);
        json.put("pos", "1." + commit + ".0.0");
        json.set("value", value);
        driver.pipe("src." + dataset, json);
    }

    private void protect(Of of, String subject, String other, String dataset, String row) {
        last = protection(of, subject, other, dataset, row);
        send(last);
    }

    private Protection protection(Of of, String subject, String other, String dataset, String row) {
        decided++;
        return new Protection(
                of,
                subject,
                other,
                dataset,
                row,
                Ground.ADOPTION,
                "民法典 1110",
                "authority",
                "收养",
                ReconcileDriver.START.plusSeconds(decided),
                null);
    }

    private void lift() {
        decided++;
        send(last.lift("authority", "解除", ReconcileDriver.START.plusSeconds(decided)));
    }

    private void send(Protection decision) {
        byte[] value = Protection.FORMAT.encode(decision);
        driver.order(Names.protections(SubjectKind.PERSON), decision.key(), value);
    }
}
