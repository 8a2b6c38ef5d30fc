package io.tongdao.ops.api;

import io.tongdao.ops.ledger.LedgerAnswer;
import io.tongdao.ops.ledger.LedgerAnswer.Released;
import io.tongdao.ops.ledger.LedgerDesk;
import io.tongdao.ops.ledger.LedgerQuestion;
import io.tongdao.ops.ledger.LedgerRefused;
import io.tongdao.ops.ledger.LedgerSight;
import io.tongdao.ops.ledger.LedgerStep;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** 提供留痕 (art. 28, 35): how much was released to whom; of which subjects is asked at the desk, not over HTTP. */
public final class LedgerRoutes implements RouteGroup {
    private final Supplier<LedgerDesk> desk;

    /** @param items item → mask */
    record Entry(
            String grant,
            int epoch,
            String kind,
            String consumer,
            String purpose,
            String table,
            String key,
            Map<String, String> items,
            String from,
            String to,
            long records,
            long withdrawn) {
        static Entry of(Released one) {
            return new Entry(
                    one.under().grant(),
                    one.under().epoch(),
                    one.under().kind(),
                    one.under().consumer(),
                    one.under().purpose(),
                    one.under().table(),
                    one.under().key(),
                    one.under().masks(),
                    one.from().toString(),
                    one.to().toString(),
                    one.records(),
                    one.tombstones());
        }
    }

    /** @param access under which the look is on record */
    record Entries(String access, List<Entry> released) {}

    /** @param desk as it is for the plan in force */
    public LedgerRoutes(Supplier<LedgerDesk> desk) {
        this.desk = desk;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(
                "/v1/ledger",
                Act.LIST_RELEASES,
                "提供留痕 what was released to whom by minute, hour or day; reason is put on record",
                Entries.class,
                List.of("reason", "each", "since"),
                this::released));
    }

    private Entries released(Call call) {
        Identity who = call.who();
        String as = Rights.of(who.role(), Act.LIST_RELEASES) == Rights.Reach.ALL ? LedgerSight.AUTHORITY : who.agency();
        String by = who.role().word() + ' ' + who.onRecord();
        LedgerQuestion question =
                new LedgerQuestion(null, as, by, call.query("reason").orElse(""), "");
        try {
            return switch (desk.get().ask(question, step(call), since(call))) {
                case LedgerAnswer.OfGrants(var access, var released) ->
                    new Entries(access.id(), released.stream().map(Entry::of).toList());
                case LedgerAnswer.OfSubject subject -> throw new IllegalStateException("nobody asked about a subject");
            };
        } catch (LedgerRefused e) {
            throw new Problem(
                    422, "ledger", "不予查看", "refused", List.of(e.reason().text()));
        }
    }

    private static LedgerStep step(Call call) {
        String word = call.query("each").orElse("day");
        return Arrays.stream(LedgerStep.values())
                .filter(step -> step.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new Problem(400, "each", "each 须为 minute、hour 或 day", "each is minute, hour or day"));
    }

    private static Instant since(Call call) {
        try {
            return call.query("since").map(Instant::parse).orElse(Instant.EPOCH);
        } catch (DateTimeException e) {
            throw new Problem(
                    400, "since", "since 须为时刻，如 2026-11-30T00:00:00Z", "since is an instant, 2026-11-30T00:00:00Z");
        }
    }
}
