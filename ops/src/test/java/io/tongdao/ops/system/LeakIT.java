package io.tongdao.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.province.AgencyTable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Marked values go in at the agencies; each may be in the topics and tables that are entitled to it, and nowhere else: no log, reject,
 * metric, file name, other topic or table.
 */
class LeakIT {
    private static final String NAME = "龘麤鱻";
    private static final String ADDRESS = "MARK7Q9ADDRESS";
    private static final String MOBILE = "19912345678";
    private static final String BAD_NUMBER = "530102198811117777";
    /** The stages' own changelogs hold what the stages hold. */
    private static final String STATE = "tongdao-";

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static String person;

    @BeforeAll
    static void markedValuesGoIn() throws Exception {
        whole = new WholeExchange(dir.resolve("data"), 300);
        whole.collect(WholeExchange.CATALOGUE);
        Grant share = whole.open("yb-enrolment");
        whole.open("wuhua-return");
        whole.settle();
        person = insuredOutsideWuhua();
        whole.commit(
                AgencyTable.HOUSEHOLD,
                "update czrk_jbxx set xm = '" + NAME + "', hjdz = '" + ADDRESS + "' where gmsfhm = '" + person + "'");
        whole.commit(
                AgencyTable.INSURANCE, "update cbdj_xx set sjhm = '" + MOBILE + "' where gmsfhm = '" + person + "'");
        whole.commit(
                AgencyTable.HOUSEHOLD,
                "update czrk_jbxx set gmsfhm = '" + BAD_NUMBER
                        + "' where ryid = (select max(ryid) from czrk_jbxx where gmsfhm <> '" + person + "')");
        whole.settle();
        assertThat(whole.exchange().desk().list().get(share.id()).epoch()).isEqualTo(1);
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    void topicsHoldWhatTheyMay() throws Exception {
        // When
        Map<String, Set<String>> found = topicsWith(List.of(NAME, ADDRESS, MOBILE, BAD_NUMBER, person));

        // Then
        assertThat(found.get(NAME)).containsExactlyInAnyOrder("src.ga.household_population", "base.population");
        assertThat(found.get(ADDRESS)).containsExactlyInAnyOrder("src.ga.household_population", "base.population");
        assertThat(found.get(MOBILE))
                .containsExactlyInAnyOrder("src.hrss.social_insurance_enrolment", "base.population");
        assertThat(found.get(BAD_NUMBER)).isEmpty();
        assertThat(found.get(person))
                .contains("src.ga.household_population", "base.population")
                .noneMatch(topic -> topic.startsWith("share.") || topic.startsWith("return."))
                .doesNotContain("flag.reject", "ctl.grant", "ctl.ack", "ctl.source");
    }

    @Test
    void tablesHoldWhatTheyMay() {
        // When
        List<String> share = whole.lake("select * from share_yb.yb_enrolment").stream()
                .map(List::toString)
                .toList();
        List<String> county = whole.lake("select * from return_530102.wuhua_return").stream()
                .map(List::toString)
                .toList();
        List<String> base = whole.lake("select * from base.population").stream()
                .map(List::toString)
                .toList();

        // Then
        assertThat(base).anyMatch(row -> row.contains(NAME)).noneMatch(row -> row.contains(BAD_NUMBER));
        assertThat(share)
                .isNotEmpty()
                .noneMatch(row -> Stream.of(NAME, ADDRESS, MOBILE, person).anyMatch(row::contains));
        assertThat(county)
                .isNotEmpty()
                .noneMatch(row -> Stream.of(NAME, ADDRESS, MOBILE, person).anyMatch(row::contains));
    }

    @Test
    void logsFileNamesAndMetricsTellNothing() throws Exception {
        // When
        Set<String> telling = new TreeSet<>();
        try (Stream<Path> files = Files.walk(whole.data().root())) {
            for (Path file : files.toList()) {
                String told = file + (file.startsWith(whole.data().logs()) ? text(file) : "");
                Stream.of(NAME, ADDRESS, MOBILE, BAD_NUMBER, person)
                        .filter(told::contains)
                        .forEach(telling::add);
            }
        }
        for (ObjectName bean : ManagementFactory.getPlatformMBeanServer().queryNames(null, null)) {
            Stream.of(NAME, ADDRESS, MOBILE, BAD_NUMBER, person)
                    .filter(bean.getCanonicalName()::contains)
                    .forEach(telling::add);
        }

        // Then
        assertThat(telling).isEmpty();
    }

    private static String text(Path file) throws IOException {
        return Files.isRegularFile(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    }

    private static String insuredOutsideWuhua() throws SQLException {
        try (Connection hrss = whole.agency(AgencyTable.INSURANCE);
                Connection ga = whole.agency(AgencyTable.HOUSEHOLD);
                Statement insured = hrss.createStatement();
                ResultSet rows = insured.executeQuery(
                        "select gmsfhm from cbdj_xx where cbzt = '1' and length(gmsfhm) = 18 order by 1")) {
            while (rows.next()) {
                try (Statement known = ga.createStatement();
                        ResultSet row =
                                known.executeQuery("select 1 from czrk_jbxx where hjqh <> '530102' and gmsfhm = '"
                                        + rows.getString(1) + "'")) {
                    if (row.next()) {
                        return rows.getString(1);
                    }
                }
            }
        }
        throw new IllegalStateException("nobody is insured outside the county");
    }

    /** Marker → the topics whose records hold it in key, value or a header, state aside. */
    private static Map<String, Set<String>> topicsWith(List<String> markers) throws Exception {
        Map<String, Set<String>> found = new HashMap<>();
        markers.forEach(marker -> found.put(marker, new TreeSet<>()));
        try (Admin admin = whole.admin();
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        whole.parts().broker().adminSettings(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            for (String topic : admin.listTopics().names().get()) {
                if (!topic.startsWith(STATE)) {
                    read(consumer, topic, markers, found);
                }
            }
        }
        return found;
    }

    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            String topic,
            List<String> markers,
            Map<String, Set<String>> found) {
        List<TopicPartition> parts = consumer.partitionsFor(topic).stream()
                .map(part -> new TopicPartition(topic, part.partition()))
                .toList();
        consumer.assign(parts);
        consumer.seekToBeginning(parts);
        Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                String all = all(record);
                markers.stream()
                        .filter(all::contains)
                        .forEach(marker -> found.get(marker).add(topic));
            }
        }
    }

    private static String all(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder all = new StringBuilder();
        append(all, record.key());
        append(all, record.value());
        for (Header header : record.headers()) {
            append(all, header.value());
        }
        return all.toString();
    }

    private static void append(StringBuilder all, byte[] bytes) {
        if (bytes != null) {
            all.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
        }
    }
}
