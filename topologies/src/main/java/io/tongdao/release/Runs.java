package io.tongdao.release;

import io.tongdao.contract.grant.Ack;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantCommand;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.seal.NoSealKey;
import io.tongdao.contract.seal.Seal;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.release.mask.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The grants of one task: what the store remembers and what of it runs. Compiled once for each epoch, and again after a restart. */
final class Runs {
    private final Plan plan;
    private final WireFormat format;
    private final ReleaseKeys keys;
    private final KeyValueStore<Bytes, byte[]> store;
    private final TreeMap<String, Run> runs = new TreeMap<>();
    /** Table → its grants, as long as none begins or ends: asked for every row. */
    private final Map<String, List<Run>> byTable = new HashMap<>();

    /** A grant that runs here; its state moves on with the backfill. */
    static final class Run {
        private final ReleaseRun release;
        private RunState state;

        Run(ReleaseRun release, RunState state) {
            this.release = release;
            this.state = state;
        }

        ReleaseRun release() {
            return release;
        }

        RunState state() {
            return state;
        }
    }

    Runs(Plan plan, WireFormat format, ReleaseKeys keys, KeyValueStore<Bytes, byte[]> store) {
        this.plan = plan;
        this.format = format;
        this.keys = keys;
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                if (entry.key.equals(ShieldWalk.KEY)) {
                    continue;
                }
                RunState state = RunState.FORMAT.decode(entry.value);
                if (state.runs()) {
                    take(state);
                }
            }
        }
    }

    /** An incident's key may be gone since: then nothing is released, and the rest goes on. */
    private void take(RunState state) {
        try {
            runs.put(state.grant().id(), new Run(compiled(state), state));
        } catch (NoSealKey e) {
            put(state.in(Ack.State.FAILED, String.valueOf(e.getMessage())));
        }
    }

    Collection<Run> all() {
        return runs.values();
    }

    List<Run> of(String table) {
        List<Run> known = byTable.get(table);
        if (known == null) {
            known = runs.values().stream()
                    .filter(run -> run.release.grant().table().equals(table)
                            && !run.release.grant().verifies())
                    .toList();
            byTable.put(table, known);
        }
        return known;
    }

    /** Carries an order out and returns the states to acknowledge: of a stopped older epoch too. Orders of the past change nothing. */
    List<RunState> obey(GrantCommand command) {
        byTable.clear();
        RunState known = state(command.grant().id());
        int epoch = command.grant().epoch();
        if (known != null && known.grant().epoch() > epoch) {
            return List.of(RunState.started(command).in(Ack.State.STOPPED, "a newer epoch is known"));
        }
        if (known != null && known.grant().epoch() == epoch && over(known, command)) {
            return List.of(known);
        }
        return switch (command.verb()) {
            case STOP -> List.of(stop(command, known));
            case START -> start(command, known);
        };
    }

    void save(Run run, RunState state) {
        run.state = state;
        put(state);
    }

    private static boolean over(RunState known, GrantCommand command) {
        return switch (command.verb()) {
            case START -> true;
            case STOP -> known.state() == Ack.State.STOPPED;
        };
    }

    private RunState stop(GrantCommand command, @Nullable RunState known) {
        Grant grant = command.grant();
        runs.remove(grant.id());
        RunState last = known != null && known.grant().epoch() == grant.epoch() ? known : RunState.started(command);
        return put(last.in(Ack.State.STOPPED, ""));
    }

    private List<RunState> start(GrantCommand command, @Nullable RunState known) {
        Grant grant = command.grant();
        List<RunState> told = new ArrayList<>();
        if (known != null && known.runs()) {
            told.add(known.in(Ack.State.STOPPED, "epoch " + grant.epoch() + " began"));
        }
        runs.remove(grant.id());
        RunState state = RunState.started(command);
        try {
            runs.put(grant.id(), new Run(compiled(state), state));
        } catch (IllegalArgumentException e) {
            state = state.in(Ack.State.FAILED, String.valueOf(e.getMessage()));
        }
        told.add(put(state));
        return told;
    }

    private ReleaseRun compiled(RunState state) {
        Grant grant = state.grant();
        TokenKey key = new TokenKey(grant.consumer(), grant.purpose(), state.tokens());
        Tokens tokens = new Tokens(keys.tokens().hmac(key), key.version());
        Seal seal = grant.sealed() ? keys.seals().of(grant.papers().incident()) : null;
        return new ReleaseRun(plan, grant, format, tokens, seal);
    }

    private @Nullable RunState state(String id) {
        byte[] stored = store.get(key(id));
        return stored == null ? null : RunState.FORMAT.decode(stored);
    }

    private RunState put(RunState state) {
        store.put(key(state.grant().id()), RunState.FORMAT.encode(state));
        return state;
    }

    private static Bytes key(String id) {
        return Bytes.wrap(id.getBytes(StandardCharsets.UTF_8));
    }
}
