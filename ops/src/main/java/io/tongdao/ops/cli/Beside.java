package io.tongdao.ops.cli;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.serde.WireFormat;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.ops.api.TokenDesk;
import io.tongdao.ops.embedded.BrokerAccess;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.EmbeddedBroker;
import io.tongdao.ops.embedded.Secrets;
import io.tongdao.ops.exchange.EmbeddedKeys;
import io.tongdao.ops.exchange.RunningExchange;
import io.tongdao.ops.explain.ExplainDesk;
import io.tongdao.ops.files.FileDesk;
import io.tongdao.ops.files.FileShelf;
import io.tongdao.ops.incident.IncidentDesk;
import io.tongdao.ops.incident.IncidentJournal;
import io.tongdao.ops.incident.Traces;
import io.tongdao.ops.ledger.LedgerDesk;
import io.tongdao.ops.opening.OpenDesk;
import io.tongdao.ops.opening.OpenJournal;
import io.tongdao.ops.provision.CollectDesk;
import io.tongdao.ops.provision.DisputeDesk;
import io.tongdao.ops.provision.GrantDesk;
import io.tongdao.ops.provision.Passwords;
import io.tongdao.ops.provision.Principals;
import io.tongdao.ops.provision.ProtectDesk;
import io.tongdao.ops.provision.ReleasedTopics;
import io.tongdao.ops.provision.StageDesk;
import io.tongdao.release.LedgerKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** The exchange that runs on a data directory, as a command beside it sees it. */
record Beside(DataDirectory data, RunningExchange running) {
    private static final int SCHEMAS = 1_000;

    /** @throws CommandFailedException if nothing runs there */
    static Beside find(Path data) throws IOException {
        RunningExchange running = RunningExchange.find(data)
                .orElseThrow(() -> new CommandFailedException(
                        "nothing runs on " + data + "; start it with: ./tongdao up --data " + data));
        DataDirectory directory = DataDirectory.open(data);
        Quiet.use(directory);
        return new Beside(directory, running);
    }

    Map<String, Object> client(String principal) {
        return BrokerAccess.settings(
                running.bootstrap(), principal, Passwords.in(data).of(principal));
    }

    /** The operator's own: for counts over the flag topics. */
    Map<String, Object> adminClient() {
        return BrokerAccess.settings(
                running.bootstrap(), EmbeddedBroker.ADMIN, Secrets.remembered(data, EmbeddedBroker.ADMIN_SECRET));
    }

    /** The catalogue in force, as it is carried out. */
    Plan plan() {
        return running.plan();
    }

    GrantDesk desk() {
        return new GrantDesk(client(Principals.DECIDE), plan(), InstantSource.system());
    }

    DisputeDesk disputeDesk() {
        return new DisputeDesk(client(Principals.DECIDE), plan(), InstantSource.system());
    }

    WireFormat wire() {
        return new WireFormat(new CachedSchemaRegistryClient(running.registry(), SCHEMAS));
    }

    ExplainDesk explainDesk() {
        WireFormat wire = wire();
        return new ExplainDesk(
                new ExplainDesk.Settings(
                        client(Principals.EXPLAIN),
                        plan(),
                        wire,
                        EmbeddedKeys.valueSets(data),
                        ExplainDesk.tokens(EmbeddedKeys.accesses(data))),
                InstantSource.system());
    }

    LedgerDesk ledgerDesk() {
        GrantDesk grants = desk();
        return new LedgerDesk(
                new LedgerDesk.Settings(
                        client(Principals.LEDGER),
                        plan(),
                        new WireFormat(new CachedSchemaRegistryClient(running.registry(), SCHEMAS)),
                        LedgerKey.tokens(EmbeddedKeys.tokens(data)),
                        ExplainDesk.tokens(EmbeddedKeys.accesses(data)),
                        grants::list),
                InstantSource.system());
    }

    ProtectDesk protectDesk() {
        return new ProtectDesk(client(Principals.PROTECT), plan(), InstantSource.system());
    }

    IncidentDesk incidentDesk() {
        return new IncidentDesk(
                new IncidentJournal(client(Principals.DECIDE)),
                EmbeddedKeys.incidents(data),
                desk(),
                plan(),
                InstantSource.system());
    }

    /** What an incident has left behind, without the state that only the exchange's own process can ask. Whoever takes it closes it. */
    Traces traces(LakeCatalog lake) {
        return new Traces(
                data, EmbeddedKeys.incidents(data), new ReleasedTopics(adminClient()), lake, null, table -> {});
    }

    OpenDesk openDesk() {
        return new OpenDesk(
                data,
                plan(),
                new OpenJournal(client(Principals.DECIDE)),
                () -> protectDesk().shield(),
                InstantSource.system());
    }

    TokenDesk tokenDesk() {
        return new TokenDesk(client(Principals.DECIDE), plan(), InstantSource.system());
    }

    FileDesk fileDesk() {
        return new FileDesk(client(Principals.DECIDE), new FileShelf(data), InstantSource.system());
    }

    StageDesk stageDesk() {
        return new StageDesk(client(Principals.DECIDE), InstantSource.system());
    }

    CollectDesk collectDesk() {
        return new CollectDesk(client(Principals.DECIDE), plan(), InstantSource.system());
    }
}
