package io.tongdao.ops.incident;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Delivery;
import io.tongdao.contract.incident.Incident;
import io.tongdao.contract.topic.Names;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.keys.IncidentKeys;
import io.tongdao.ops.provision.ReleasedTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an incident has left behind, the key first: from then on whatever is still to be removed is noise. Follows from what is on record
 * alone, so that after a kill the same list is gone through again.
 *
 * @param states null: the tasks run in another process and can't be asked
 * @param index forgets a table's index
 */
public record Traces(
        DataDirectory data,
        IncidentKeys keys,
        ReleasedTopics topics,
        LakeCatalog lake,
        @Nullable States states,
        Consumer<String> index)
        implements AutoCloseable {

    /** How many entries the state of all release tasks together has of a table; empty: not all can be asked now. */
    @FunctionalInterface
    public interface States {
        Optional<Long> count(String table);
    }

    /**
     * An incident and all that came of it.
     *
     * @param datasets that were ever collected under it
     * @param grants that were ever filed under it
     */
    public record Remains(Incident incident, Set<String> datasets, List<Grant> grants) {}

    List<Trace> of(Remains remains) {
        List<Trace> all = new ArrayList<>();
        all.add(new KeyTrace(remains.incident(), keys));
        for (String dataset : remains.datasets()) {
            dataset(all, dataset);
        }
        remains.grants().forEach(grant -> grant(all, grant));
        return all;
    }

    private void dataset(List<Trace> all, String id) {
        String agency = id.substring(0, id.indexOf('.'));
        String name = id.substring(agency.length() + 1);
        all.add(topic(Names.src(agency, name)));
        all.add(table("src_" + agency + "." + name));
        if (states != null) {
            all.add(new StateTrace(id, states));
        }
        all.add(new ChangelogTrace(id, topics));
    }

    private void grant(List<Trace> all, Grant grant) {
        if (grant.consumer().isEmpty()) {
            return;
        }
        for (int epoch = 1; epoch <= grant.epoch(); epoch++) {
            all.add(topic(grant.topic(epoch)));
        }
        if (grant.delivery().contains(Delivery.TABLE)) {
            all.add(table(grant.lakeTable()));
        }
        if (grant.delivery().contains(Delivery.FILE)) {
            all.add(new FolderTrace(
                    "交付文件 files",
                    grant.consumer() + "/" + grant.id(),
                    data.files().resolve(grant.consumer()).resolve(grant.id())));
        }
    }

    @Override
    public void close() {
        topics.close();
    }

    private Trace topic(String name) {
        return new TopicTrace(name, topics, data.kafkaLogs());
    }

    private Trace table(String name) {
        return new TableTrace(name, lake, data.root(), index);
    }
}
