package io.tongdao.collect;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.topic.Policy;
import io.tongdao.contract.topic.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * The topics that collection needs beside the src topics, {@link Names#SOURCES} and {@link Names#REJECTS}; made by the provisioner.
 *
 * <p>Principal {@code collect} needs: describe, read and write on its src topics, {@link Names#SOURCES}, {@link Names#REJECTS} (read
 * for the sweep and for compare-and-set) and on prefix {@link #PREFIX}; describe-configs on the same; read on consumer groups of that
 * prefix; write on transactional ids of it; idempotent write on the cluster. It creates nothing.
 */
public final class CollectTopics {
    /** Prefix of the topics and of the consumer groups. */
    public static final String PREFIX = "collect.";

    /** Every file that was taken, {@link FileLoad} by dataset and sequence: in one transaction with its rows. */
    public static final Topic LOADS = new Topic(PREFIX + "loads", 1, Policy.CONTROL, null);

    private CollectTopics() {}

    public static List<Topic> of(Plan plan) {
        List<Topic> topics = new ArrayList<>();
        for (Source source : plan.captured()) {
            topics.add(new Topic(offsets(source), 1, Policy.CONTROL, null));
            if (keepsHistory(source.engine())) {
                topics.add(new Topic(history(source), 1, Policy.HISTORY, null));
            }
        }
        if (plan.inboxes().keySet().stream()
                .anyMatch(inbox -> !plan.filed(inbox).isEmpty())) {
            topics.add(LOADS);
        }
        return topics;
    }

    /** What a Connect cluster needs instead: it keeps the offsets itself, and heartbeats are records. */
    public static List<Topic> ofCluster(Plan plan) {
        List<Topic> topics = new ArrayList<>();
        for (Source source : plan.sources().values()) {
            topics.add(new Topic(heartbeats(source), 1, Policy.CONTROL, null));
            if (keepsHistory(source.engine())) {
                topics.add(new Topic(history(source), 1, Policy.HISTORY, null));
            }
        }
        return topics;
    }

    /** In a Connect cluster: the position of an idle database, noted with the offset of each heartbeat. */
    static String heartbeats(Source source) {
        return PREFIX + source.name() + ".heartbeats";
    }

    /** Source offsets, keyed by connector: where a restart resumes. */
    static String offsets(Source source) {
        return PREFIX + source.name() + ".offsets";
    }

    /** Whether table definitions are remembered as they change: PostgreSQL sends them with its log. */
    private static boolean keepsHistory(Source.Engine engine) {
        return engine != Source.Engine.POSTGRESQL;
    }

    /** Table definitions as they changed, replayed whole at each start. */
    static String history(Source source) {
        return PREFIX + source.name() + ".history";
    }
}
