package io.tongdao.ops.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.ops.exchange.PlanSource;
import io.tongdao.reconcile.ReconcileSettings;
import io.tongdao.reconcile.ReconcileStage;
import io.tongdao.release.ReleaseStage;
import io.tongdao.release.TokenKeys;
import io.tongdao.release.mask.HmacSm3;
import io.tongdao.runtime.StageApp;
import io.tongdao.runtime.StreamsSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a {@link StageMain} is to do.
 *
 * @param kafka client settings
 * @param state the directory of its stores
 */
record StageOrder(Map<String, Object> kafka, String registry, String catalogue, String state, Measured what) {
    /** A stage, or the floor that it is measured beside. */
    enum Measured {
        RECONCILE,
        RECONCILE_FLOOR,
        RELEASE,
        RELEASE_FLOOR;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Of the tokens of people who do not exist. */
    static final TokenKeys KEYS = key -> new HmacSm3(new byte[32]);

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SCHEMAS = 10_000;

    /** One line. Holds a password: for standard input only. */
    String line() {
        try {
            return JSON.writeValueAsString(this) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order can't be written", e);
        }
    }

    static StageOrder parse(String line) {
        try {
            return JSON.readValue(line, StageOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("standard input does not begin with an order", e);
        }
    }

    /** Names the sets of contradicting values of people who do not exist. */
    static SecretKey valueSets() {
        return new SecretKeySpec("the benches' value sets".getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    StageApp app() {
        Plan plan = PlanSource.compileToRead(Path.of(catalogue));
        return switch (what) {
            case RECONCILE_FLOOR -> FloorTopology.app(topics(plan));
            case RELEASE_FLOOR -> FloorTopology.app(List.of(released(plan)));
            case RECONCILE ->
                ReconcileStage.app(
                        plan, LocalDate.now(ZoneId.of("Asia/Shanghai")), wire(), ReconcileSettings.of(valueSets()));
            case RELEASE -> ReleaseStage.of(plan, wire(), KEYS);
        };
    }

    private WireFormat wire() {
        return new WireFormat(new CachedSchemaRegistryClient(registry, SCHEMAS));
    }

    /** The topic whose rows release and its floor hand on. */
    static String released(Plan plan) {
        return plan.table(Register.HOUSEHOLD.dataset()).name();
    }

    static List<String> topics(Plan plan) {
        return Arrays.stream(Register.values())
                .map(register -> plan.table(register.dataset()).name())
                .toList();
    }

    /** As in the embedded province. */
    StreamsSettings settings() {
        Map<String, String> client = kafka.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));
        return StreamsSettings.embedded(client, Path.of(state));
    }

    @Override
    public String toString() {
        return "StageOrder[" + what.word() + "]";
    }
}
