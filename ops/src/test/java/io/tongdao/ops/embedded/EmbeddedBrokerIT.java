package io.tongdao.ops.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final String TOPIC = "share.county.people.e1";
    private static final String USER = "county";
    private static final String PASSWORD = "county-password";

    @TempDir
    Path dir;

    @Test
    void aUserReadsOnlyWhatItsAclAllowsAndARestartKeepsIt() throws Exception {
        String bootstrap;
        try (EmbeddedBroker broker = EmbeddedBroker.start(dir);
                Admin admin = Admin.create(broker.adminSettings())) {
            // Given
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
            var credential = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(USER, credential, PASSWORD)))
                    .all()
                    .get();
            write(broker, "one");
            assertThatThrownBy(() -> read(broker, PASSWORD)).isInstanceOf(TopicAuthorizationException.class);
            assertThatThrownBy(() -> read(broker, "wrong")).isInstanceOf(SaslAuthenticationException.class);

            // When
            admin.createAcls(List.of(allow(ResourceType.TOPIC, TOPIC), allow(ResourceType.GROUP, USER)))
                    .all()
                    .get();

            // Then
            assertThat(read(broker, PASSWORD)).containsExactly("one");
            bootstrap = broker.bootstrap();
        }
        try (EmbeddedBroker again = EmbeddedBroker.start(dir)) {
            assertThat(again.bootstrap()).isEqualTo(bootstrap);
            write(again, "two");
            assertThat(read(again, PASSWORD)).containsExactly("one", "two");
        }
    }

    @Test
    void aTransactionThatNoCoordinatorKnowsIsEnded() throws Exception {
        // Given
        EmbeddedBroker broker = EmbeddedBroker.start(dir);
        try (Admin admin = Admin.create(broker.adminSettings())) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        KafkaProducer<String, String> doomed = producer(broker, Map.of("transactional.id", "doomed"));
        doomed.initTransactions();
        doomed.beginTransaction();
        doomed.send(new ProducerRecord<>(TOPIC, "never committed")).get();
        broker.close();
        doomed.close(Duration.ZERO);
        forgetTransactions(dir.resolve("kafka/data"));

        try (EmbeddedBroker again = EmbeddedBroker.start(dir);
                var reader =
                        new KafkaConsumer<>(committed(again), new StringDeserializer(), new StringDeserializer())) {
            // When
            write(again, "after it");
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            assertThat(reader.poll(Duration.ofSeconds(2))).isEmpty();

            // Then
            List<String> values = new ArrayList<>();
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                reader.poll(Duration.ofMillis(500)).forEach(record -> values.add(record.value()));
                return !values.isEmpty();
            });
            assertThat(values).containsExactly("after it");
        }
    }

    private static Map<String, Object> committed(EmbeddedBroker broker) {
        Map<String, Object> settings = broker.adminSettings();
        settings.put("isolation.level", "read_committed");
        return settings;
    }

    private static void forgetTransactions(Path logs) throws IOException {
        try (DirectoryStream<Path> partitions = Files.newDirectoryStream(logs, "__transaction_state-*")) {
            for (Path partition : partitions) {
                try (DirectoryStream<Path> files =
                        Files.newDirectoryStream(partition, "*.{log,index,timeindex,snapshot}")) {
                    for (Path file : files) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private static AclBinding allow(ResourceType type, String name) {
        var entry = new AccessControlEntry("User:" + USER, "*", AclOperation.READ, AclPermissionType.ALLOW);
        return new AclBinding(new ResourcePattern(type, name, PatternType.LITERAL), entry);
    }

    private static KafkaProducer<String, String> producer(EmbeddedBroker broker, Map<String, Object> more) {
        Map<String, Object> settings = broker.adminSettings();
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static void write(EmbeddedBroker broker, String value) throws Exception {
        try (var producer = producer(broker, Map.of())) {
            producer.send(new ProducerRecord<>(TOPIC, value)).get();
        }
    }

    private static List<String> read(EmbeddedBroker broker, String password) {
        Map<String, Object> settings = broker.clientSettings(USER, password);
        settings.put("group.id", USER);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            for (int quiet = 0; quiet < 10; quiet++) {
                var polled = consumer.poll(Duration.ofMillis(values.isEmpty() ? 500 : 100));
                polled.forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
