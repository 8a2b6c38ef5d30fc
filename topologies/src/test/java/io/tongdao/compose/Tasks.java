package io.tongdao.compose;

import io.tongdao.contract.dispute.RowApart;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.contract.topic.Lineage;
import io.tongdao.contract.topic.Lineage.Op;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Topic;
import io.tongdao.contract.topic.Ver;
import io.tongdao.runtime.Backlog;
import io.tongdao.runtime.Generation;
import io.tongdao.runtime.Postponed;
import io.tongdao.runtime.Seed;
import io.tongdao.runtime.Seeding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of the stage, as many as the largest kind has partitions, without Kafka: topics and the repartition are queues, and a seeded choice
 * says which of them goes on next. A task can be made anew over its stores, as a restart does.
 */
final class Tasks {
    private final Plan plan;
    private final WireFormat wire;
    private final ComposeSettings settings;
    private final Random random;
    private final Backlog backlog = new Backlog();
    /** Whether about half of the records come as snapshots read them. */
    private boolean snapshots = true;

    private int rebuilt;

    private final List<SortedStore> waiting = new ArrayList<>();
    private final List<Postponed> postponed = new ArrayList<>();
    private final List<ComposeTask.State> states = new ArrayList<>();
    private final List<ComposeTask> tasks = new ArrayList<>();
    /** A task has two processors, each with parts of its own over the same stores. */
    private final List<ComposeTask> heeding = new ArrayList<>();

    private final Map<String, Queue<World.Sent>> sources = new TreeMap<>();
    private final Map<String, Queue<Protection>> protections = new TreeMap<>();
    private final Map<String, Queue<World.ToldApart>> apart = new TreeMap<>();
    private final Map<String, Queue<byte[]>> letters = new TreeMap<>();
    private final Map<String, Topic> topics = new HashMap<>();
    /** Theme topic → key → rows written, in order; null: a tombstone. */
    final Map<String, Map<String, List<Written>>> written = new TreeMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Written(Ver ver, @Nullable Map<String, Object> row, byte @Nullable [] bytes, int partition) {}

    Tasks(Plan plan, WireFormat wire, int slice, Random random) {
        this(plan, wire, slice, random, Generation.FIRST);
    }

    private Tasks(Plan plan, WireFormat wire, int slice, Random random, Generation generation) {
        this.plan = plan;
        this.wire = wire;
        this.settings = new ComposeSettings(generation, Duration.ofDays(31), ComposeSettings.DEFAULT.postpone(), slice);
        this.random = random;
        ThemeCatalogue.topics(plan).forEach(topic -> topics.put(topic.name(), topic));
        plan.themes().values().forEach(theme -> written.put(theme.topic().name(), new TreeMap<>()));
        int count = plan.partitions().values().stream().mapToInt(i -> i).max().orElseThrow();
        for (int i = 0; i < count; i++) {
            states.add(new ComposeTask.State(
                    new SortedStore(),
                    new SortedStore(),
                    new SortedStore(),
                    new SortedStore(),
                    new SortedStore(),
                    new SortedStore(),
                    new SortedStore()));
            waiting.add(new SortedStore());
            postponed.add(late(i));
            tasks.add(task(i));
            heeding.add(parts(i));
        }
    }

    private Postponed late(int number) {
        return new Postponed(waiting.get(number), settings.postpone(), backlog);
    }

    /** The same stores under another catalogue. */
    Tasks under(Plan next, WireFormat format) {
        Tasks tasks = new Tasks(next, format, settings.slice(), random);
        for (int i = 0; i < states.size(); i++) {
            tasks.states.set(i, states.get(i));
            tasks.waiting.set(i, waiting.get(i));
            tasks.postponed.set(i, tasks.late(i));
            tasks.tasks.set(i, tasks.task(i));
            tasks.heeding.set(i, tasks.parts(i));
        }
        return tasks;
    }

    /** The tasks without their stores, as a rebuild starts them, told what stands on the tables' topics. */
    Tasks begunAnew() {
        Generation next = new Generation(settings.generation().number() + 1, Generation.State.READING);
        Tasks anew = new Tasks(plan, wire, settings.slice(), random, next);
        Seeding seeding = ComposeStage.seeding(plan, wire, next.number());
        written.forEach((topic, keys) -> keys.forEach((key, rows) -> {
            Written last = rows.getLast();
            if (last.bytes() != null) {
                var headers = new RecordHeaders().add(Lineage.VER, last.ver().bytes());
                byte[] name = key.getBytes(StandardCharsets.UTF_8);
                Seeding.Sown sown = Objects.requireNonNull(seeding.sow(topic, name, last.bytes(), headers));
                int partition = SubjectKey.partition(
                        sown.subject().getBytes(StandardCharsets.UTF_8),
                        plan.partitions().get(sown.kind()));
                anew.tasks.get(partition).seed(Seed.decode(sown.seed().encode()));
            }
        }));
        return anew;
    }

    /** All tasks have read everything. */
    void go() {
        tasks.forEach(task -> task.seed(new Seed.Go(settings.generation().number(), ComposeStage.NAME)));
    }

    private ComposeTask task(int number) {
        ComposeTask task = parts(number);
        task.begin(0);
        return task;
    }

    private ComposeTask parts(int number) {
        return new ComposeTask(plan, wire, settings, states.get(number), new Composer.Out() {
            @Override
            public void row(Table table, Place place, byte @Nullable [] value, Ver ver, Op op, Composer.Cause cause) {
                String key = new String(place.subject().key(place.row()), StandardCharsets.UTF_8);
                written.get(table.topic())
                        .computeIfAbsent(key, k -> new ArrayList<>())
                        .add(new Written(ver, value == null ? null : read(table.topic(), value), value, number));
            }

            @Override
            public void send(Letter letter, Composer.Cause cause) {
                int to = SubjectKey.partition(
                        letter.to().key(""), plan.partitions().get(letter.to().kind()));
                letters.computeIfAbsent(number + " " + to, k -> new ArrayDeque<>())
                        .add(letter.encode());
            }
        });
    }

    /** From now on all records are changes that sources commit. */
    void live() {
        snapshots = false;
    }

    void feed(String topic, List<World.Sent> records) {
        for (World.Sent sent : records) {
            int partition = SubjectKey.partition(
                    sent.key().getBytes(StandardCharsets.UTF_8),
                    topics.get(topic).partitions());
            sources.computeIfAbsent(topic + " " + partition, k -> new ArrayDeque<>())
                    .add(sent);
        }
    }

    /** A copy of each decision in every partition of every kind, in order. */
    void decide(List<Protection> decisions) {
        plan.partitions().forEach((kind, count) -> {
            for (int partition = 0; partition < count; partition++) {
                protections.put(kind.word() + " " + partition, new ArrayDeque<>(decisions));
            }
        });
    }

    /** Each in its row's partition, those under one subject in order. */
    void apart(List<World.ToldApart> said) {
        int count = plan.partitions().get(SubjectKind.PERSON);
        for (World.ToldApart one : said) {
            int partition = SubjectKey.partition(one.row().subject().getBytes(StandardCharsets.UTF_8), count);
            apart.computeIfAbsent(one.row().about() + " " + partition, k -> new ArrayDeque<>())
                    .add(one);
        }
    }

    /** Until nothing is left to do, in an order of chance. */
    void run(boolean restarts) {
        while (true) {
            List<Runnable> possible = new ArrayList<>();
            sources.forEach((name, queue) -> {
                if (!queue.isEmpty()) {
                    int partition = Integer.parseInt(name.substring(name.indexOf(' ') + 1));
                    possible.add(() -> take(partition, queue.remove()));
                }
            });
            protections.forEach((name, queue) -> {
                if (!queue.isEmpty()) {
                    int partition = Integer.parseInt(name.substring(name.indexOf(' ') + 1));
                    possible.add(() -> tasks.get(partition).protect(Protection.FORMAT.encode(queue.remove()), 0));
                }
            });
            apart.forEach((name, queue) -> {
                if (!queue.isEmpty()) {
                    int partition = Integer.parseInt(name.substring(name.indexOf(' ') + 1));
                    possible.add(() -> take(partition, queue.remove()));
                }
            });
            letters.forEach((name, queue) -> {
                if (!queue.isEmpty()) {
                    int to = Integer.parseInt(name.substring(name.indexOf(' ') + 1));
                    possible.add(
                            () -> heeding.get(to).heed(Letter.decode(queue.remove()), new Composer.Cause(null, 0, 0)));
                }
            });
            tasks.forEach(task -> {
                if (!task.idle()) {
                    possible.add(() -> goOn(task));
                }
            });
            for (int i = 0; i < tasks.size(); i++) {
                ComposeTask task = tasks.get(i);
                Postponed late = postponed.get(i);
                if (late.next(Long.MIN_VALUE / 2) != null) {
                    throw new AssertionError("taken before their time");
                }
                if (waiting.get(i).approximateNumEntries() > 0) {
                    possible.add(() -> task.late(Objects.requireNonNull(late.next(Long.MAX_VALUE / 2)), 0));
                }
            }
            if (possible.isEmpty()) {
                return;
            }
            possible.get(random.nextInt(possible.size())).run();
            if (restarts && random.nextInt(20) == 0) {
                int number = random.nextInt(tasks.size());
                postponed.get(number).close();
                postponed.set(number, late(number));
                tasks.set(number, task(number));
                heeding.set(number, parts(number));
            }
        }
    }

    private void goOn(ComposeTask task) {
        if (task.goOn(0)) {
            rebuilt++;
        }
    }

    /** How many have said that they have gone through all their rows. */
    int rebuilt() {
        return rebuilt;
    }

    int count() {
        return tasks.size();
    }

    private void take(int partition, World.ToldApart said) {
        byte[] key = said.row().key().getBytes(StandardCharsets.UTF_8);
        byte[] value = said.apart() ? RowApart.FORMAT.encode(said.row()) : null;
        tasks.get(partition).apart(SubjectKind.PERSON, key, value, 0);
    }

    private void take(int partition, World.Sent sent) {
        RecordHeaders headers = new RecordHeaders();
        switch (sent.position()) {
            case Pos pos -> headers.add(Lineage.POS, pos.bytes());
            case Ver ver -> headers.add(Lineage.VER, ver.bytes());
            default -> throw new AssertionError("neither pos nor ver");
        }
        if (!sent.row().isEmpty()) {
            headers.add(Lineage.ROW, Arrays.copyOf(sent.row().getBytes(StandardCharsets.UTF_8), 16));
        }
        Topic topic = topics.get(sent.topic());
        byte[] value = sent.value() == null ? null : encode(wire, topic, sent.value());
        byte[] key = sent.key().getBytes(StandardCharsets.UTF_8);
        if (!snapshots || random.nextBoolean()) {
            headers.add(Lineage.AT, Lineage.at(Instant.EPOCH));
        }
        tasks.get(partition)
                .take(new Subjects.Came(sent.topic(), key, value, headers, 0), postponed.get(partition)::add, 0);
    }

    /** What stands on a table's topic in the end. */
    Map<String, Map<String, Map<String, Object>>> tables() {
        Map<String, Map<String, Map<String, Object>>> tables = new TreeMap<>();
        written.forEach((topic, keys) -> {
            Map<String, Map<String, Object>> table = new TreeMap<>();
            keys.forEach((key, rows) -> {
                if (rows.getLast().row() != null) {
                    table.put(key, rows.getLast().row());
                }
            });
            tables.put(topic, table);
        });
        return tables;
    }

    private Map<String, Object> read(String topic, byte[] value) {
        return read(wire, topics.get(topic), value);
    }

    /** A row as a map of what it has, and the set of what is disputed. */
    static Map<String, Object> read(WireFormat wire, Topic topic, byte[] value) {
        GenericRecord record = wire.reader(topic.schema()).decode(value);
        Map<String, Object> row = new TreeMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object item = record.get(field.pos());
            if (item instanceof List<?> names) {
                row.put(field.name(), new TreeSet<>(names));
            } else if (item != null) {
                row.put(field.name(), item);
            }
        }
        return row;
    }

    static byte[] encode(WireFormat wire, Topic topic, Map<String, Object> value) {
        GenericRecord record = new GenericData.Record(topic.schema());
        if (topic.schema().getField(BasePlan.SOURCES) != null) {
            record.put(BasePlan.SOURCES, Map.of());
            record.put(BasePlan.DISPUTED, List.of());
        }
        value.forEach(record::put);
        return wire.writer(topic.valueSubject(), topic.schema()).encode(record);
    }

    /** The partitions of a theme's topic. */
    int partitions(String topic) {
        return topics.get(topic).partitions();
    }
}
