package io.tongdao.ops.incident;

import io.tongdao.ops.provision.ReleasedTopics;
import java.util.Optional;

/** A dataset's entries in the changelogs of the release tasks. */
record ChangelogTrace(String name, ReleasedTopics topics) implements Trace {
    @Override
    public String kind() {
        return "变更日志 changelog";
    }

    @Override
    public void remove() {
        // follows the tasks' state
    }

    @Override
    public Optional<String> left() {
        long live = topics.liveEntries(name);
        return live == 0 ? Optional.empty() : Optional.of(live + " entries");
    }

    @Override
    public String proof() {
        return "变更日志读至末尾，该表各键最后一条均为墓碑 read to their ends, each key of the table ends in a tombstone";
    }
}
