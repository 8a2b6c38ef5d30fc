package io.tongdao.ops.incident;

import java.util.Optional;

/** A dataset's rows in the state of the release tasks: the tasks take them away themselves once the catalogue no longer has it. */
record StateTrace(String name, Traces.States states) implements Trace {
    @Override
    public String kind() {
        return "任务状态 state";
    }

    @Override
    public void remove() {
        // the tasks do
    }

    @Override
    public Optional<String> left() {
        Optional<Long> count = states.count(name);
        if (count.isEmpty()) {
            return Optional.of("not all release tasks can be asked: is the stage running?");
        }
        return count.get() == 0 ? Optional.empty() : Optional.of(count.get() + " entries");
    }

    @Override
    public String proof() {
        return "各发布任务状态中该表前缀为空 its prefix is empty in the state of every release task";
    }
}
