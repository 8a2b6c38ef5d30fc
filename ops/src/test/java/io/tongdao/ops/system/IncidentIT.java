package io.tongdao.ops.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Status;
import io.tongdao.contract.incident.Incident;
import io.tongdao.ops.OneExchange;
import io.tongdao.ops.incident.Certificate;
import io.tongdao.ops.incident.IncidentJournal;
import io.tongdao.ops.provision.Principals;
import io.tongdao.ops.system.Commands.Said;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * An emergency from its opening to its end (art. 27): what is collected and released for it lies sealed wherever it is, closing shuts all of it, and
 * after its destruction, which a restart breaks off, no byte of it is left.
 */
@OneExchange
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class IncidentIT {
    private static final String ID = "2026-quake-3";
    private static final String ONE = Citizens.number("530102", 96_000);
    private static final String LATE = Citizens.number("530102", 97_000);
    private static final Markers ALL =
            Markers.of(ONE, "QUAKENAMEONE", "QUAKESHELTERONE", LATE, "QUAKENAMELATE", "QUAKESHELTERLATE");
    private static final String[] BY = {"--by", "省应急管理厅", "--reason", "地震应急响应"};

    @TempDir
    static Path dir;

    private static WholeExchange whole;
    private static Commands commands;
    private static ReliefAgency agency;
    private static Path catalogue;

    @BeforeAll
    static void start() throws Exception {
        catalogue = Files.createDirectories(dir.resolve("catalogue"));
        CatalogueCopies.copy(WholeExchange.CATALOGUE, catalogue);
        whole = new WholeExchange(dir.resolve("data"), 100);
        commands = new Commands(whole);
        agency = ReliefAgency.make(whole);
        agency.register("QK-1", ONE, "QUAKENAMEONE", "QUAKESHELTERONE");
        whole.collect(catalogue);
    }

    @AfterAll
    static void stop() {
        whole.close();
    }

    @Test
    @Order(1)
    void beforeItIsOpenNothingIsCollectedAndNoGrantIsTaken() throws Exception {
        // Given
        ReliefAgency.addTo(catalogue);
        apply();
        // When
        Said filed = commands.run("grant", "file", ReliefAgency.grant().toString(), "--by", "hrss");
        // Then
        assertThat(filed.exit()).isNotZero();
        assertThat(filed.err()).contains("incident 2026-quake-3 is not on record", "./tongdao incident open");
        assertThat(whole.exchange().collectors())
                .noneMatch(collector -> collector.status().connection().equals("mz-relief-db"));
    }

    @Test
    @Order(2)
    void onceItIsOpenItIsCollectedAndNothingOfItIsClearAnywhere() throws Exception {
        // When
        commands.tongdao(with(
                "incident",
                "open",
                ID,
                "--name",
                "3·15地震",
                "--division",
                "530000",
                "--basis",
                "省级地震应急预案",
                "--until",
                "2029-12-31"));
        // Then
        await().atMost(WholeExchange.LIMIT).until(() -> records("src.mz.shelter_registration") == 1);
        assertThat(RawTopics.holding(whole.parts().broker().adminSettings(), ALL))
                .as("no topic holds a clear value or key of it")
                .allSatisfy((topic, found) -> assertThat(found).as(topic).isEmpty());
        assertThat(commands.tongdao("incident", "list")).contains("启动 open", ID);
    }

    @Test
    @Order(3)
    void onlyItsOwnGrantsReleaseItAndOnlyItsKeyOpensWhatTheyRelease() throws Exception {
        // Given
        Path share = Files.writeString(
                dir.resolve("share.yaml"),
                Files.readString(ReliefAgency.grant())
                        .replace("kind: emergency\nincident: 2026-quake-3", "kind: share")
                        .replace("grant: quake-shelter", "grant: plain"));
        Said plain = commands.run("grant", "file", share.toString(), "--by", "hrss");
        // When
        commands.tongdao("grant", "file", ReliefAgency.grant().toString(), "--by", "hrss");
        commands.tongdao("grant", "approve", "quake-shelter", "--agency", "mz", "--by", "mz");
        assertThat(whole.exchange().desk().awaitFlow("quake-shelter", WholeExchange.LIMIT))
                .isTrue();
        Path key = dir.resolve("quake.key");
        commands.tongdao("incident", "key", ID, "hrss", "--to", key.toString(), "--by", "省数据局");
        // Then
        assertThat(plain.exit()).isNotZero();
        assertThat(plain.err()).contains("only an emergency grant under that incident releases it (art. 27)");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(commands.tongdao("incident", "read", "quake-shelter", "--key", key.toString()))
                .contains("QUAKENAMEONE", "QUAKESHELTERONE", ONE);
        await().atMost(WholeExchange.LIMIT).until(() -> whole.exchange().lake().exists("share_hrss.quake_shelter"));
        assertThat(RawTopics.holding(whole.parts().broker().adminSettings(), ALL))
                .allSatisfy((topic, found) -> assertThat(found).as(topic).isEmpty());
        assertThat(ALL.inFiles(whole.data().logs())).isEmpty();
    }

    @Test
    @Order(4)
    void closingShutsItsInterfacesAndItsCollection() throws Exception {
        // Given
        Instant asked = Instant.now();
        // When
        commands.tongdao(with("incident", "close", ID));
        // Then
        Grant over = whole.exchange().desk().list().get("quake-shelter");
        assertThat(over.status()).isEqualTo(Status.ENDED);
        assertThat(over.last().reason()).contains("incident 2026-quake-3 is closed");
        assertThat(Duration.between(asked, over.last().at())).isLessThan(Duration.ofSeconds(2));
        await().atMost(WholeExchange.LIMIT)
                .until(() -> whole.exchange().collectors().stream()
                        .noneMatch(collector -> collector.status().connection().equals("mz-relief-db")));
        long before = records("src.mz.shelter_registration");
        agency.register("QK-2", LATE, "QUAKENAMELATE", "QUAKESHELTERLATE");
        whole.settle();
        assertThat(records("src.mz.shelter_registration")).isEqualTo(before);
        assertThat(commands.run("grant", "resume", "quake-shelter", "--by", "hrss")
                        .exit())
                .isNotZero();
        assertThat(commands.run(with("incident", "destroy", ID, "--yes")).err())
                .contains("dataset mz.shelter_registration is still in the catalogue");
    }

    @Test
    @Order(5)
    void sealedItsKeyIsNowhereUntilADecisionGivesItBack() throws Exception {
        // Given
        Path unlocking = dir.resolve("unlocking");
        commands.tongdao("incident", "assess", ID, "--findings", "含个人信息，救助结束后销毁", "--by", "省数据局");
        Said bare = commands.run(with("incident", "seal", ID, "--to", unlocking.toString()));
        // When
        commands.tongdao(with("incident", "seal", ID, "--to", unlocking.toString(), "--yes"));
        Said other = commands.run(with("incident", "unseal", ID, "--key", wrong().toString()));
        String shown = commands.tongdao("incident", "show", ID);
        commands.tongdao(with("incident", "unseal", ID, "--key", unlocking.toString()));
        // Then
        assertThat(bare.exit()).isNotZero();
        assertThat(bare.err()).contains("nothing was sealed");
        assertThat(shown).contains("封存 sealed", "v1 locked");
        assertThat(other.err()).contains("not the key by which incident 2026-quake-3 was sealed");
        assertThat(commands.tongdao("incident", "show", ID)).contains("v1 live", "unsealed: ");
    }

    @Test
    @Order(6)
    void itsDestructionGoesOnAfterAStopAndLeavesNothing() throws Exception {
        // Given
        ReliefAgency.takeFrom(catalogue);
        apply();
        Said preview = commands.run(with("incident", "destroy", ID));
        // When
        Said order = commands.run(with("incident", "destroy", ID, "--yes", "--wait", "0"));
        whole.stopStages();
        whole.run(catalogue);
        await().atMost(WholeExchange.LIMIT).until(() -> state() == Incident.State.DESTROYED);
        // Then
        assertThat(preview.err()).contains("nothing was destroyed");
        assertThat(preview.out()).contains("src.mz.shelter_registration", "share_hrss.quake_shelter");
        assertThat(order.err()).contains("goes on");
        Certificate certificate = Certificate.find(whole.data(), ID).orElseThrow();
        assertThat(certificate.removed())
                .extracting(Certificate.Proven::name)
                .contains(
                        ID,
                        "src.mz.shelter_registration",
                        "src_mz.shelter_registration",
                        "mz.shelter_registration",
                        "share.hrss.quake-shelter.e1",
                        "share_hrss.quake_shelter");
        assertThat(certificate.copies()).singleElement().asString().startsWith("hrss, by 省数据局");
        assertThat(commands.tongdao("incident", "certificate", ID)).contains("不能证明", "复核相符");
        assertThat(holding(whole.data().postgres(), Path.of("/")))
                .as("the scan finds what is there")
                .isNotEmpty();
        assertThat(holding(whole.data().root(), whole.data().postgres()))
                .as("what is left")
                .isEmpty();
        assertThat(commands.run(with(
                                "incident",
                                "open",
                                ID,
                                "--name",
                                "again",
                                "--division",
                                "530000",
                                "--basis",
                                "x",
                                "--until",
                                "2029-12-31"))
                        .err())
                .contains("none is opened twice");
    }

    /** Files below a folder with a byte of it in them or in their names, but for those of the agency's own database. */
    private static List<String> holding(Path folder, Path own) throws IOException {
        List<byte[]> sought = Stream.of(ONE, LATE, "QUAKENAME", "QUAKESHELTER")
                .map(text -> text.getBytes(UTF_8))
                .toList();
        List<String> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                boolean scanned = attributes.isRegularFile() && (own.getNameCount() == 0 || !file.startsWith(own));
                if (scanned && (holds(file, sought) || !ALL.in(file.toString()).isEmpty())) {
                    found.add(file.toString());
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return gone(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                return gone(failure);
            }
        });
        return found;
    }

    /** What runs removes files of its own meanwhile. */
    private static FileVisitResult gone(@Nullable IOException failure) throws IOException {
        if (failure != null && !(failure instanceof NoSuchFileException)) {
            throw failure;
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean holds(Path file, List<byte[]> sought) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return false;
        }
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == 'Q' || bytes[at] == '5') {
                for (byte[] one : sought) {
                    if (at + one.length <= bytes.length
                            && Arrays.equals(bytes, at, at + one.length, one, 0, one.length)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Incident.State state() {
        return new IncidentJournal(whole.exchange().client(Principals.DECIDE))
                .all()
                .incidents()
                .get(ID)
                .state();
    }

    private static Path wrong() throws Exception {
        return Files.writeString(dir.resolve("wrong"), "00000000000000000000000000000000\n");
    }

    private static void apply() {
        Said said = commands.run(
                "apply",
                catalogue.toString(),
                "--by",
                "test",
                "--confirm",
                "drops",
                "--consultation",
                "会商",
                "--filing",
                "备案");
        assertThat(said.exit()).as(said.err() + said.out()).isZero();
    }

    private static String[] with(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of(BY)).toArray(String[]::new);
    }

    private static long records(String topic) throws Exception {
        Set<String> keys = new TreeSet<>();
        read(topic, (key, value) -> keys.add(new String(key, UTF_8)));
        return keys.size();
    }

    private interface Take {
        void record(byte[] key, byte[] value);
    }

    private static void read(String topic, Take take) {
        Map<String, Object> settings = new TreeMap<>(whole.parts().broker().adminSettings());
        settings.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> parts = consumer.partitionsFor(topic).stream()
                    .map(part -> new TopicPartition(topic, part.partition()))
                    .toList();
            consumer.assign(parts);
            consumer.seekToBeginning(parts);
            Map<TopicPartition, Long> ends = consumer.endOffsets(parts);
            while (!parts.stream().allMatch(part -> consumer.position(part) >= ends.get(part))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (record.value() != null) {
                        take.record(record.key(), record.value());
                    }
                });
            }
        }
    }
}
