package io.tongdao.ops.incident;

import io.tongdao.contract.incident.Incident;
import io.tongdao.ops.keys.IncidentKeys;
import java.util.Optional;

/** The incident's key: without it nothing opens what it sealed, wherever that still lies. */
record KeyTrace(Incident incident, IncidentKeys keys) implements Trace {
    @Override
    public String kind() {
        return "密钥 key";
    }

    @Override
    public String name() {
        return incident.id();
    }

    @Override
    public void remove() {
        keys.destroy(incident.id(), incident.last().by(), incident.last().reason());
    }

    @Override
    public Optional<String> left() {
        long left = keys.held(incident.id()).values().stream()
                .filter(key -> key.state() != IncidentKeys.State.DESTROYED)
                .count();
        return left == 0 ? Optional.empty() : Optional.of(left + " versions in secrets/incident-keys.p12");
    }

    @Override
    public String proof() {
        return "密钥库中 %d 个版本均已覆写为零 in secrets/incident-keys.p12 each of its %d versions is one zero byte"
                .formatted(
                        keys.held(incident.id()).size(),
                        keys.held(incident.id()).size());
    }
}
