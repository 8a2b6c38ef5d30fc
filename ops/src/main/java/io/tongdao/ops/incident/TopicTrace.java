package io.tongdao.ops.incident;

import io.tongdao.ops.provision.ReleasedTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A topic, with the files that the embedded broker has of it; it takes them away some seconds after the topic.
 *
 * @param logs where the embedded broker has a folder for each partition
 */
record TopicTrace(String name, ReleasedTopics topics, Path logs) implements Trace {
    @Override
    public String kind() {
        return "主题 topic";
    }

    @Override
    public void remove() {
        topics.delete(name);
    }

    @Override
    public Optional<String> left() throws IOException {
        if (topics.exists(name)) {
            return Optional.of("the topic is there");
        }
        long found = folders(logs, name);
        return found == 0 ? Optional.empty() : Optional.of(found + " folders of its partitions");
    }

    /** Those that wait to be deleted too. */
    static long folders(Path logs, String topic) throws IOException {
        Pattern partition = Pattern.compile(Pattern.quote(topic) + "-\\d+(\\..*-delete)?");
        try (var folders = Files.list(logs)) {
            return folders.filter(folder ->
                            partition.matcher(folder.getFileName().toString()).matches())
                    .count();
        }
    }

    @Override
    public String proof() {
        return "代理无此主题，日志目录无其分区 not among the broker's topics, no folder of a partition in " + logs;
    }
}
