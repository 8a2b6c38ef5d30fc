package io.tongdao.ops.provision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.quota.ClientQuotaFilterComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fast consumers may read, on each broker: what their active grants give, none more, none less. A rate that is set for one of a
 * consumer's client ids would count before it, so that one goes too; all other quotas, and other users', are left alone.
 */
final class Quotas {
    static final String RATE = "consumer_byte_rate";

    private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);
    private final Admin admin;
    private final Map<ClientQuotaEntity, Double> given = new HashMap<>();

    Quotas(Admin admin) {
        this.admin = admin;
    }

    /**
     * Gives what is missing and takes what is too much. What it had given before and finds changed, it says.
     *
     * @param wanted principal → bytes a second, of all consumers that may read
     */
    void repair(Map<String, Long> wanted) {
        Map<ClientQuotaEntity, Double> rates = rates(wanted);
        Map<ClientQuotaEntity, Double> actual = actual();
        List<ClientQuotaAlteration> changes = changes(rates, actual);
        said(given, rates, actual).forEach(LOG::warn);
        if (!changes.isEmpty()) {
            Cluster.done(admin.alterClientQuotas(changes).all(), "rates could not be set");
            Cluster.until(() -> actual().equals(rates), "rates are not known to the brokers");
        }
        given.clear();
        given.putAll(rates);
    }

    static Map<ClientQuotaEntity, Double> rates(Map<String, Long> wanted) {
        return wanted.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> user(entry.getKey()), entry -> entry.getValue().doubleValue()));
    }

    static ClientQuotaEntity user(String principal) {
        return new ClientQuotaEntity(Map.of(ClientQuotaEntity.USER, principal));
    }

    static List<ClientQuotaAlteration> changes(
            Map<ClientQuotaEntity, Double> wanted, Map<ClientQuotaEntity, Double> actual) {
        List<ClientQuotaAlteration> changes = new ArrayList<>();
        actual.keySet().stream()
                .filter(entity -> !wanted.containsKey(entity))
                .forEach(entity -> changes.add(change(entity, null)));
        wanted.forEach((entity, rate) -> {
            if (!rate.equals(actual.get(entity))) {
                changes.add(change(entity, rate));
            }
        });
        return changes;
    }

    /** What was changed by another hand. A consumer whose last grant is over loses its rate without a word. */
    static List<String> said(
            Map<ClientQuotaEntity, Double> given,
            Map<ClientQuotaEntity, Double> wanted,
            Map<ClientQuotaEntity, Double> actual) {
        List<String> lines = new ArrayList<>();
        given.forEach((entity, rate) -> {
            if (!rate.equals(actual.get(entity)) && wanted.containsKey(entity)) {
                lines.add("a rate was changed by hand, put right: %s had %s, not %.0f"
                        .formatted(entity.entries(), said(actual.get(entity)), rate));
            }
        });
        Set<ClientQuotaEntity> strangers = new HashSet<>(actual.keySet());
        strangers.removeAll(given.keySet());
        strangers.removeAll(wanted.keySet());
        strangers.forEach(entity -> lines.add(
                "a rate that no grant gives, taken: %s had %s".formatted(entity.entries(), said(actual.get(entity)))));
        return lines;
    }

    private static String said(@Nullable Double rate) {
        return rate == null ? "none" : "%.0f".formatted(rate);
    }

    private static ClientQuotaAlteration change(ClientQuotaEntity entity, @Nullable Double rate) {
        return new ClientQuotaAlteration(entity, List.of(new ClientQuotaAlteration.Op(RATE, rate)));
    }

    private Map<ClientQuotaEntity, Double> actual() {
        ClientQuotaFilter users =
                ClientQuotaFilter.contains(List.of(ClientQuotaFilterComponent.ofEntityType(ClientQuotaEntity.USER)));
        Map<ClientQuotaEntity, Double> rates = new HashMap<>();
        Cluster.done(admin.describeClientQuotas(users).entities(), "rates could not be read")
                .forEach((entity, quotas) -> {
                    Double rate = quotas.get(RATE);
                    if (rate != null && consumer(entity)) {
                        rates.put(entity, rate);
                    }
                });
        return rates;
    }

    private static boolean consumer(ClientQuotaEntity entity) {
        String user = entity.entries().get(ClientQuotaEntity.USER);
        return user != null && user.startsWith(Principals.AGENCY);
    }
}
