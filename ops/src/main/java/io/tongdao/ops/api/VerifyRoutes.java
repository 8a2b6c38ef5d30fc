package io.tongdao.ops.api;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.witness.Verification;
import io.tongdao.ops.verify.Answered;
import io.tongdao.ops.verify.Question;
import io.tongdao.ops.verify.VerifyDesk;
import io.tongdao.ops.verify.VerifyRefused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** 核实、比对 (art. 33): single and by many, and the record of it. */
public final class VerifyRoutes implements RouteGroup {
    private static final int MOST = 10_000;
    private static final Duration SHOWN = Duration.ofDays(30);
    private final Grants grants;
    private final VerifyDesk desk;
    private final InstantSource clock;

    /**
     * @param subject an identifier: never for a log
     * @param stated item → value as text
     */
    record Asked(String subject, Map<String, String> stated) {
        @Override
        public String toString() {
            return "Asked[***]";
        }
    }

    record Batch(List<Asked> questions) {
        @Override
        public String toString() {
            return "Batch[***]";
        }
    }

    /**
     * @param record under which it is on record
     * @param answers item → matches, differs, not_held; match, no_match; refused
     * @param disputed items whose held value the sources dispute
     */
    record Answer(String record, Map<String, String> answers, List<String> disputed) {}

    /** In the order of the questions. */
    record Answers(List<Answer> answers) {}

    /** @param answers item → what was answered; who was asked about is a token */
    record Recorded(
            String record,
            String at,
            String grant,
            int epoch,
            String consumer,
            String by,
            String kind,
            String subject,
            Map<String, String> answers) {
        static Recorded of(Verification one) {
            return new Recorded(
                    one.id(),
                    one.at().toString(),
                    one.grant(),
                    one.epoch(),
                    one.consumer(),
                    one.by(),
                    one.kind(),
                    one.subject(),
                    one.answers());
        }
    }

    record Records(List<Recorded> verifications) {}

    public VerifyRoutes(
            Supplier<? extends Map<String, Grant>> known, Supplier<Plan> plan, VerifyDesk desk, InstantSource clock) {
        this.grants = new Grants(known, plan);
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(
                        "/v1/grants/{id}/verify",
                        Act.VERIFY,
                        "核实 verify what is stated of one subject",
                        Asked.class,
                        Answer.class,
                        this::one),
                Route.post(
                        "/v1/grants/{id}/verify/batch",
                        Act.VERIFY,
                        "批量核实 of several subjects",
                        Batch.class,
                        Answers.class,
                        this::many),
                Route.get(
                        "/v1/verifications",
                        Act.LIST_VERIFICATIONS,
                        "核实留痕 the record, of 30 days unless since says otherwise, the newest 10000",
                        Records.class,
                        List.of("grant", "since"),
                        this::record));
    }

    private Answer one(Call call) {
        Grant grant = grants.asked(call, Act.VERIFY);
        Answered answered =
                ask(call, grant, List.of(question(call.body(Asked.class)))).getFirst();
        if (answered.refused()) {
            throw new Problem(
                    429,
                    "attempts",
                    "对该主体该数据项的核实次数已用尽，记录号 " + answered.record(),
                    "the attempts about this item of this subject are used up for now");
        }
        return answer(answered);
    }

    private Answers many(Call call) {
        Grant grant = grants.asked(call, Act.VERIFY);
        List<Question> questions = call.body(Batch.class).questions().stream()
                .map(VerifyRoutes::question)
                .toList();
        return new Answers(
                ask(call, grant, questions).stream().map(VerifyRoutes::answer).toList());
    }

    private List<Answered> ask(Call call, Grant grant, List<Question> questions) {
        try {
            return desk.ask(grant.id(), call.who().onRecord(), questions);
        } catch (VerifyRefused e) {
            List<String> why = List.of(String.valueOf(e.getMessage()));
            throw switch (e.why()) {
                case NO_GRANT ->
                    new Problem(409, "no-verification", "该授权目前不予核实", "this grant answers nothing now", why);
                case QUESTION -> new Problem(422, "question", "核实请求不合规", "the question can't be asked so", why);
                case UNAVAILABLE ->
                    new Problem(503, "unavailable", "暂不能核实，请稍后再试", "nothing can be said now: ask again later", why);
            };
        }
    }

    private static Question question(@Nullable Asked asked) {
        if (asked == null || asked.stated().containsValue(null)) {
            throw Problem.unreadable("");
        }
        return new Question(asked.subject(), asked.stated());
    }

    private static Answer answer(Answered answered) {
        Map<String, String> items = new TreeMap<>();
        answered.items().forEach((item, word) -> items.put(item, word.word()));
        return new Answer(answered.record(), items, answered.disputed());
    }

    private Records record(Call call) {
        Set<String> seen = grants.seen(call.who(), Act.LIST_VERIFICATIONS).stream()
                .map(Grant::id)
                .filter(id -> call.query("grant").map(id::equals).orElse(true))
                .collect(Collectors.toSet());
        return new Records(
                desk.record(call.since(clock.instant().minus(SHOWN)), one -> seen.contains(one.grant()), MOST).stream()
                        .map(Recorded::of)
                        .toList());
    }
}
