package io.tongdao.collect;

import io.debezium.embedded.KafkaConnectUtil;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.KafkaOffsetBackingStore;
import org.apache.kafka.connect.util.SharedTopicAdmin;
import org.apache.kafka.connect.util.TopicAdmin;
import org.jspecify.annotations.Nullable;

/**
 * An engine's offsets in their Kafka topic, as Connect keeps them. Debezium's own way to the same class never closes the admin client: each
 * run of an engine would leave one behind, which goes on asking for its broker.
 */
public final class OffsetTopic extends KafkaOffsetBackingStore {
    private final Admins admins;

    /** For Debezium, which calls {@link #configure}. */
    public OffsetTopic() {
        this(new Admins());
    }

    private OffsetTopic(Admins admins) {
        super(admins, () -> admins.client, KafkaConnectUtil.converterForOffsetStore());
        this.admins = admins;
    }

    /** There is one admin client between configure and stop. */
    private static final class Admins implements Supplier<TopicAdmin> {
        private @Nullable SharedTopicAdmin open;
        private String client = "collect-offsets-";

        @Override
        public TopicAdmin get() {
            return Objects.requireNonNull(open, "configure comes first").topicAdmin();
        }
    }

    @Override
    public void configure(WorkerConfig config) {
        Map<String, Object> settings = new HashMap<>(config.originals());
        admins.client += settings.get("name") + "-";
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, admins.client + "admin");
        admins.open = new SharedTopicAdmin(settings);
        super.configure(config);
    }

    @Override
    public void stop() {
        try {
            super.stop();
        } finally {
            if (admins.open != null) {
                admins.open.close();
            }
        }
    }
}
