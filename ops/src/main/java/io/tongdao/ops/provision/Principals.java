package io.tongdao.ops.provision;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.tongdao.collect.CollectTopics;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantTables;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Names;
import io.tongdao.reconcile.SubjectLog;
import io.tongdao.runtime.StreamsSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who may do what on the broker: the one table, compiled from the plan. Consumers are not in it: their rights come and go with their
 * grants, see {@link #consumer}; so do those of delivery into databases, see {@link #delivered}. Describing what one may read or write is implied.
 */
public final class Principals {
    public static final String COLLECT = "collect";
    public static final String RECONCILE = "reconcile";
    public static final String COMPOSE = "compose";
    public static final String QUALITY = "quality";
    public static final String RELEASE = "release";
    public static final String STORE = "store";
    public static final String DELIVER = "deliver";
    /** Who makes files of what grants release. */
    public static final String FILES = "files";
    /** The desk that explains golden records: it reads what the stage keeps, and writes who asked. */
    public static final String EXPLAIN = "explain";
    /** The desk that reads the release ledger: what was released to whom, and writes who asked. */
    public static final String LEDGER = "ledger";
    /** Those who decide about grants, and give orders to collections: the desks. */
    public static final String DECIDE = "decide";
    /** Who has a stage's state begun anew: it reads what the stages have written, and tells them. */
    public static final String REBUILD = "rebuild";
    /** Who decides what leaves no trace: nobody else may know of whom. */
    public static final String PROTECT = "protect";
    /** The HTTP API: it reads who may use it, and puts on record what was verified. */
    public static final String API = "api";
    /** Consumers are called so, and their agency's id. */
    static final String AGENCY = "agency-";

    private static final String SHARES = "share.";
    private static final String RETURNS = "return.";
    private static final String OBJECTIONS = "ctl.objection.";
    private static final String RULINGS = "ctl.ruling.";
    private static final String IDENTITIES = "ctl.identity.";

    private Principals() {}

    static Map<String, List<Right>> of(Plan plan) {
        Map<String, List<Right>> rights = new LinkedHashMap<>();
        rights.put(COLLECT, collect(plan));
        rights.put(RECONCILE, reconcile(plan));
        rights.put(COMPOSE, compose(plan));
        rights.put(QUALITY, quality(plan));
        rights.put(RELEASE, release(plan));
        rights.put(STORE, store(plan));
        rights.put(DELIVER, List.of());
        rights.put(FILES, files());
        rights.put(EXPLAIN, explain(plan));
        rights.put(LEDGER, ledger());
        rights.put(DECIDE, decide());
        rights.put(REBUILD, rebuild(plan));
        rights.put(PROTECT, protect());
        rights.put(API, api());
        return rights;
    }

    private static List<Right> api() {
        return List.of(
                Right.topic(Names.API_TOKENS, READ),
                Right.topic(Names.VERIFICATIONS, READ, WRITE),
                Right.topic(Names.PICKUPS, READ, WRITE));
    }

    private static List<Right> files() {
        return List.of(Right.topics(SHARES, READ), Right.topics(RETURNS, READ), Right.topic(Names.FILE_ORDERS, READ));
    }

    /** The desk's own: it publishes the first catalogue before there is a plan. */
    static List<Right> decide() {
        return List.of(
                Right.topic(Names.GRANTS, READ, WRITE),
                Right.topic(Names.INCIDENTS, READ, WRITE),
                Right.topic(Names.ACKS, READ),
                Right.topic(Names.ORDERS, READ, WRITE),
                Right.topic(Names.SOURCES, READ),
                Right.topic(Names.STAGES, READ, WRITE),
                Right.topic(Names.REJECTS, READ),
                Right.topic(Names.OPENINGS, READ, WRITE),
                Right.topic(Names.API_TOKENS, READ, WRITE),
                Right.topic(Names.FILE_ORDERS, READ, WRITE),
                Right.topics(OBJECTIONS, READ, WRITE),
                Right.topics(RULINGS, READ, WRITE),
                Right.topics(IDENTITIES, READ, WRITE),
                Right.topic(Names.DISCREPANCIES, READ),
                Right.topic(Names.REVIEWS, READ),
                Right.topic(Names.CATALOGUE, READ, WRITE),
                Right.transactions(CatalogueJournal.TRANSACTION));
    }

    private static List<Right> rebuild(Plan plan) {
        List<Right> rights = new ArrayList<>();
        Stream.concat(bases(plan), themes(plan)).forEach(topic -> rights.add(Right.topic(topic, READ)));
        rights.add(Right.topic(Names.DISCREPANCIES, READ));
        rights.add(Right.topic(Names.REVIEWS, READ));
        plan.reconciled().forEach(kind -> rights.add(Right.topic(Names.apart(kind), READ)));
        rights.add(Right.topic(Names.STAGES, READ, WRITE));
        rights.add(Right.topics(Names.SEEDS, WRITE));
        return rights;
    }

    private static List<Right> protect() {
        return List.of(Right.topics(Names.PROTECTIONS, READ, WRITE), Right.transactions(ProtectJournal.TRANSACTION));
    }

    private static Stream<String> protections(Plan plan) {
        return plan.partitions().keySet().stream().map(Names::protections);
    }

    /** What a consumer has by one grant: its topic, and groups of its own name. */
    static List<Right> consumer(Grant grant) {
        return List.of(
                Right.topic(grant.topic(), READ),
                Right.group(grant.principal()),
                Right.groups(grant.principal() + "."));
    }

    /** What delivery into databases has by one grant: its topic, if that is to go there. It has no other right. */
    static List<Right> delivered(Grant grant) {
        return grant.delivery().contains(Grant.Delivery.DATABASE)
                ? List.of(Right.topic(grant.topic(), READ))
                : List.of();
    }

    /** Whether a topic is one that only grants make. */
    static boolean released(String topic) {
        return topic.startsWith(SHARES) || topic.startsWith(RETURNS);
    }

    private static List<Right> collect(Plan plan) {
        List<Right> rights = new ArrayList<>();
        sources(plan).forEach(topic -> rights.add(Right.topic(topic, READ, WRITE, DESCRIBE_CONFIGS)));
        for (String topic : List.of(Names.SOURCES, Names.REJECTS, Names.SCHEMA_CHANGES)) {
            rights.add(Right.topic(topic, READ, WRITE, DESCRIBE_CONFIGS));
        }
        rights.add(Right.topic(Names.ORDERS, READ));
        rights.add(Right.topics(CollectTopics.PREFIX, READ, WRITE, DESCRIBE_CONFIGS));
        rights.add(Right.groups(CollectTopics.PREFIX));
        rights.add(Right.transactions(CollectTopics.PREFIX));
        return rights;
    }

    private static List<Right> reconcile(Plan plan) {
        List<Right> rights = streams(RECONCILE);
        protections(plan).forEach(topic -> rights.add(Right.topic(topic, READ)));
        sources(plan).forEach(topic -> rights.add(Right.topic(topic, READ)));
        bases(plan).forEach(topic -> rights.add(Right.topic(topic, WRITE)));
        rights.add(Right.topic(Names.DISCREPANCIES, WRITE));
        rights.add(Right.topic(Names.REVIEWS, WRITE));
        rights.add(Right.topic(Names.QUALITY, WRITE));
        rights.add(Right.topic(Names.STAGES, WRITE));
        rights.add(Right.topics(Names.SEEDS, READ));
        for (SubjectKind kind : plan.reconciled()) {
            rights.add(Right.topic(Names.objections(kind), READ));
            rights.add(Right.topic(Names.rulings(kind), READ));
            rights.add(Right.topic(Names.identities(kind), READ));
            rights.add(Right.topic(Names.apart(kind), WRITE));
        }
        return rights;
    }

    /** It can add to the record of accesses, and not read or take back what stands there. */
    private static List<Right> explain(Plan plan) {
        List<Right> rights = new ArrayList<>();
        rights.add(Right.topic(Names.ACCESSES, WRITE));
        rights.add(Right.topic(Names.STAGES, READ));
        rights.add(Right.topic(Names.DISCREPANCIES, READ));
        rights.add(Right.topic(Names.REVIEWS, READ));
        for (SubjectKind kind : plan.reconciled()) {
            SubjectLog.topics(kind).keySet().forEach(topic -> rights.add(Right.topic(topic, READ)));
            rights.add(Right.topic(Names.objections(kind), READ));
            rights.add(Right.topic(Names.rulings(kind), READ));
        }
        return rights;
    }

    /** It can add to the record of accesses, and not read or take back what stands there. */
    private static List<Right> ledger() {
        return List.of(
                Right.topic(Names.ACCESSES, WRITE),
                Right.topic(Names.RELEASES, READ),
                Right.topic(Names.SUBJECT_RELEASES, READ),
                Right.topic(Names.VERIFICATIONS, READ));
    }

    private static List<Right> compose(Plan plan) {
        List<Right> rights = streams(COMPOSE);
        protections(plan).forEach(topic -> rights.add(Right.topic(topic, READ)));
        plan.reconciled().forEach(kind -> rights.add(Right.topic(Names.apart(kind), READ)));
        plan.themes().values().stream()
                .flatMap(theme -> theme.sources().stream())
                .map(source -> plan.table(source).name())
                .distinct()
                .forEach(topic -> rights.add(Right.topic(topic, READ)));
        themes(plan).forEach(topic -> rights.add(Right.topic(topic, WRITE)));
        rights.add(Right.topic(Names.STAGES, WRITE));
        rights.add(Right.topics(Names.SEEDS, READ));
        return rights;
    }

    /** It reads rows and writes no data topic. */
    private static List<Right> quality(Plan plan) {
        List<Right> rights = streams(QUALITY);
        sources(plan).forEach(topic -> rights.add(Right.topic(topic, READ)));
        rights.add(Right.topic(Names.QUALITY, WRITE));
        return rights;
    }

    private static List<Right> release(Plan plan) {
        List<Right> rights = streams(RELEASE);
        protections(plan).forEach(topic -> rights.add(Right.topic(topic, READ)));
        tables(plan).forEach(topic -> rights.add(Right.topic(topic, READ)));
        for (SubjectKind kind : GrantTables.kinds(plan)) {
            rights.add(Right.topic(Names.release(kind), READ));
        }
        rights.add(Right.topic(Names.ACKS, WRITE));
        rights.add(Right.topics(SHARES, WRITE));
        rights.add(Right.topics(RETURNS, WRITE));
        rights.add(Right.topic(Names.RELEASES, WRITE));
        rights.add(Right.topic(Names.SUBJECT_RELEASES, WRITE));
        return rights;
    }

    private static List<Right> store(Plan plan) {
        List<Right> rights = new ArrayList<>();
        tables(plan).forEach(topic -> rights.add(Right.topic(topic, READ)));
        rights.add(Right.topics(SHARES, READ));
        rights.add(Right.topics(RETURNS, READ));
        rights.add(Right.topic(Names.RELEASES, READ));
        rights.add(Right.topic(Names.SUBJECT_RELEASES, READ));
        rights.addAll(grants());
        return rights;
    }

    private static List<Right> grants() {
        return List.of(Right.topic(Names.GRANTS, READ), Right.topic(Names.ACKS, READ));
    }

    /** A Streams application owns its group, its transactions and its internal topics. */
    private static List<Right> streams(String stage) {
        String id = StreamsSettings.applicationId(stage);
        List<Right> rights = new ArrayList<>();
        rights.add(Right.group(id));
        rights.add(Right.transactions(id + "-"));
        rights.add(Right.topics(id + "-", CREATE, READ, WRITE, DELETE, DESCRIBE_CONFIGS));
        return rights;
    }

    private static Stream<String> sources(Plan plan) {
        return plan.datasets().values().stream().map(dataset -> dataset.topic().name());
    }

    /** All that a grant can release and the lakehouse keeps. */
    private static Stream<String> tables(Plan plan) {
        return Stream.of(sources(plan), bases(plan), themes(plan)).flatMap(topics -> topics);
    }

    private static Stream<String> themes(Plan plan) {
        return plan.themes().values().stream().map(theme -> theme.topic().name());
    }

    private static Stream<String> bases(Plan plan) {
        return plan.bases().values().stream().map(base -> base.topic().name());
    }
}
