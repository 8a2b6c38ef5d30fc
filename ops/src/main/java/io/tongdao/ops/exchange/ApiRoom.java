package io.tongdao.ops.exchange;

import io.tongdao.contract.topic.Names;
import io.tongdao.contract.witness.Pickup;
import io.tongdao.ops.api.AboutRoutes;
import io.tongdao.ops.api.Api;
import io.tongdao.ops.api.FileRoutes;
import io.tongdao.ops.api.GrantRoutes;
import io.tongdao.ops.api.LedgerRoutes;
import io.tongdao.ops.api.RouteGroup;
import io.tongdao.ops.api.TokenShelf;
import io.tongdao.ops.api.VerifyRoutes;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.Ports;
import io.tongdao.ops.explain.ExplainDesk;
import io.tongdao.ops.files.FileDesk;
import io.tongdao.ops.files.FileShelf;
import io.tongdao.ops.ledger.LedgerDesk;
import io.tongdao.ops.provision.AuditLog;
import io.tongdao.ops.provision.GrantRefused;
import io.tongdao.ops.provision.Principals;
import io.tongdao.ops.verify.VerifyDesk;
import io.tongdao.ops.verify.VerifyLog;
import io.tongdao.release.LedgerKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of the exchange over HTTP, as its own principal. */
final class ApiRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRoom.class);
    private final Exchange exchange;
    private final VerifyLog record;
    private final AuditLog<Pickup> pickups;
    private final Api api;

    private ApiRoom(Exchange exchange) {
        Map<String, Object> client = exchange.client(Principals.API);
        InstantSource clock = InstantSource.system();
        this.exchange = exchange;
        this.record = new VerifyLog(client);
        this.pickups = new AuditLog<>(client, Names.PICKUPS, Pickup.FORMAT);
        this.api = Api.start(
                Ports.remembered(exchange.parts().data(), "api"), TokenShelf.start(client, clock), groups(clock));
    }

    /** Serves from now on, on the port that it had before. */
    static ApiRoom start(Exchange exchange) {
        return new ApiRoom(exchange);
    }

    String url() {
        return api.url();
    }

    /** Another matter is one more group. */
    private List<RouteGroup> groups(InstantSource clock) {
        HeldHere held = new HeldHere(exchange);
        VerifyDesk verify = new VerifyDesk(
                held,
                record,
                ExplainDesk.tokens(EmbeddedKeys.accesses(exchange.parts().data())),
                this::suspend,
                clock);
        return List.of(
                new AboutRoutes(),
                new GrantRoutes(exchange::desk, exchange::plan, clock),
                new VerifyRoutes(held::grants, exchange::plan, verify, clock),
                new FileRoutes(held::grants, exchange::plan, files(clock), pickups, clock),
                new LedgerRoutes(() -> ledger(held, clock)));
    }

    private FileDesk files(InstantSource clock) {
        return new FileDesk(
                exchange.client(Principals.DECIDE),
                new FileShelf(exchange.parts().data()),
                clock);
    }

    private LedgerDesk ledger(HeldHere held, InstantSource clock) {
        DataDirectory data = exchange.parts().data();
        return new LedgerDesk(
                new LedgerDesk.Settings(
                        exchange.client(Principals.LEDGER),
                        exchange.plan(),
                        exchange.wire(),
                        LedgerKey.tokens(EmbeddedKeys.tokens(data)),
                        ExplainDesk.tokens(EmbeddedKeys.accesses(data)),
                        held::grants),
                clock);
    }

    /** One that is suspended or over already needs no more. */
    private void suspend(String grant, String reason) {
        try {
            exchange.desk().suspend(grant, "verify", reason);
        } catch (GrantRefused e) {
            LOG.info("grant {} was cut already", grant);
        }
    }

    @Override
    public void close() {
        api.close();
        record.close();
        pickups.close();
    }
}
