package io.tongdao.ops.api;

import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantFindings;
import io.tongdao.contract.plan.Plan;
import io.tongdao.ops.explain.AskedSubject;
import io.tongdao.ops.provision.GrantDesk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The life of a grant (art. 29-36), as {@code tongdao grant} has it. */
public final class GrantRoutes implements RouteGroup {
    private static final String ONE = "/v1/grants/{id}";
    private static final Duration CUT = Duration.ofSeconds(20);
    private static final int LONGEST_REASON = 500;
    private final Supplier<GrantDesk> desks;
    private final Grants grants;
    private final Supplier<Plan> plan;
    private final InstantSource clock;

    /** Why something is done; put on record. */
    record Reason(String reason) {}

    /** @param desk on the catalogue in force, at each call */
    public GrantRoutes(Supplier<GrantDesk> desk, Supplier<Plan> plan, InstantSource clock) {
        this.desks = desk;
        this.grants = new Grants(() -> desk.get().list(), plan);
        this.plan = plan;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/grants",
                        Act.LIST_GRANTS,
                        "授权列表 the grants that one may see",
                        GrantView.Lines.class,
                        List.of("status"),
                        this::list),
                Route.post(
                        "/v1/grants",
                        Act.FILE_GRANT,
                        "提交申请 file an application, YAML",
                        String.class,
                        GrantView.class,
                        this::file),
                Route.get(ONE, Act.SHOW_GRANT, "授权详情 all of a grant", GrantView.class, List.of(), this::show),
                Route.post(
                        ONE + "/approve",
                        Act.APPROVE_GRANT,
                        "提供单位同意 a provider's approval",
                        Reason.class,
                        GrantView.class,
                        this::approve),
                Route.post(
                        ONE + "/suspend",
                        Act.SUSPEND_GRANT,
                        "中止 cut it off at once",
                        Reason.class,
                        GrantView.Cut.class,
                        this::suspend),
                Route.post(
                        ONE + "/resume",
                        Act.RESUME_GRANT,
                        "恢复 let it flow again, in a new epoch",
                        Reason.class,
                        GrantView.class,
                        this::resume),
                Route.post(
                        ONE + "/end",
                        Act.END_GRANT,
                        "终止 end it for good",
                        Reason.class,
                        GrantView.Cut.class,
                        this::end),
                Route.post(
                        ONE + "/withdraw",
                        Act.WITHDRAW_GRANT,
                        "撤回 the applicant takes it back",
                        Reason.class,
                        GrantView.Cut.class,
                        this::withdraw));
    }

    private GrantView.Lines list(Call call) {
        Optional<String> status = call.query("status");
        return new GrantView.Lines(grants.seen(call.who(), Act.LIST_GRANTS).stream()
                .filter(grant ->
                        status.isEmpty() || status.get().equals(grant.status().word()))
                .map(GrantView.Line::of)
                .toList());
    }

    private GrantView file(Call call) {
        Grant application = GrantFile.read(
                "body",
                call.text(),
                call.who().onRecord(),
                clock.instant(),
                plan.get().files());
        if (!application.consumer().equals(call.who().agency())) {
            throw new Problem(
                    403,
                    "forbidden",
                    "申请单位须为本单位：consumer: " + call.who().agency(),
                    "an application is filed for one's own agency: write consumer: "
                            + call.who().agency());
        }
        GrantDesk desk = desks.get();
        Grant known = desk.list().get(application.id());
        if (known != null && !known.consumer().equals(call.who().agency())) {
            throw new Problem(409, "taken", "授权编号已被使用，请换一个", "this id is taken: file under another one");
        }
        return view(desk, desk.file(application));
    }

    private GrantView show(Call call) {
        return view(desks.get(), grants.asked(call, Act.SHOW_GRANT));
    }

    private GrantView approve(Call call) {
        String reason = reason(call);
        Grant grant = grants.asked(call, Act.APPROVE_GRANT);
        GrantDesk desk = desks.get();
        return view(
                desk, desk.approve(grant.id(), call.who().agency(), call.who().onRecord(), reason));
    }

    private GrantView.Cut suspend(Call call) {
        String reason = reason(call);
        Grant grant = grants.asked(call, Act.SUSPEND_GRANT);
        GrantDesk desk = desks.get();
        return cut(call, desk, desk.suspend(grant.id(), call.who().onRecord(), reason));
    }

    private GrantView resume(Call call) {
        String reason = reason(call);
        Grant grant = grants.asked(call, Act.RESUME_GRANT);
        GrantDesk desk = desks.get();
        return view(desk, desk.resume(grant.id(), call.who().onRecord(), reason));
    }

    private GrantView.Cut end(Call call) {
        String reason = reason(call);
        Grant grant = grants.asked(call, Act.END_GRANT);
        GrantDesk desk = desks.get();
        return cut(call, desk, desk.end(grant.id(), call.who().onRecord(), reason));
    }

    private GrantView.Cut withdraw(Call call) {
        String reason = reason(call);
        Grant grant = grants.asked(call, Act.WITHDRAW_GRANT);
        GrantDesk desk = desks.get();
        return cut(
                call,
                desk,
                desk.withdraw(grant.id(), call.who().agency(), call.who().onRecord(), reason));
    }

    /** Accepted, where its right is gone and not all tasks have acknowledged yet: ask again by showing it. */
    private GrantView.Cut cut(Call call, GrantDesk desk, Grant grant) {
        boolean cut = desk.awaitCut(grant.id(), CUT);
        if (!cut) {
            call.status(202);
        }
        return new GrantView.Cut(view(desk, grant), cut);
    }

    /** What goes on record names nobody. */
    static String reason(Call call) {
        String reason = call.body(Reason.class).reason().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new Problem(
                    422,
                    "reason",
                    "请填写事由，不超过 " + LONGEST_REASON + " 字",
                    "give a reason, at most " + LONGEST_REASON + " characters");
        }
        if (AskedSubject.namedIn(reason)) {
            throw new Problem(
                    422, "reason", "事由中不得出现个人或单位的标识", "a reason goes on record and must not hold an identifier");
        }
        return reason;
    }

    private static GrantView view(GrantDesk desk, Grant grant) {
        GrantFindings findings = desk.findings(grant);
        boolean waits =
                grant.status() == Grant.Status.FILED && findings.refused().isEmpty();
        Collection<String> waiting = waits ? desk.missingApprovals(grant) : List.of();
        return GrantView.of(grant, findings, waiting);
    }
}
