package io.tongdao.contract.catalogue;

import io.tongdao.contract.catalogue.Base.Rule;
import io.tongdao.contract.plan.Strategy;
import io.tongdao.contract.plan.Strategy.Tie;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how the value of a golden item is chosen: by its source of record, or by a strategy; never by both (一数一源). */
final class RuleReader {
    private static final Pattern SCORE = Pattern.compile("\\d{1,2}|100");
    private static final String SCORES = "write 0 to 100";
    private static final Pattern COUNT = Pattern.compile("[2-9]");
    private final Fields fields;
    private final Kind kind;

    /** The words of {@code strategy}. */
    private enum Kind {
        MOST_RECENT,
        TRUST,
        AGREE;

        private static final Map<String, Set<Kind>> WORDS = Map.of(
                "sources", Set.of(MOST_RECENT, AGREE),
                "max_age", Set.of(MOST_RECENT),
                "trust", Set.of(TRUST),
                "decay", Set.of(TRUST),
                "margin", Set.of(TRUST),
                "tie_break", Set.of(TRUST),
                "at_least", Set.of(AGREE),
                "source_of_record", Set.of(),
                "fallback", Set.of());

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private RuleReader(Fields fields, Kind kind) {
        this.fields = fields;
        this.kind = kind;
    }

    static Rule read(Fields fields, LocalDate from, LocalDate until) {
        if (!fields.has("strategy")) {
            return led(fields, from, until);
        }
        Kind kind = fields.optionalWord("strategy", Kind.AGREE);
        return new RuleReader(fields, kind).rule(from, until);
    }

    private static Rule led(Fields fields, LocalDate from, LocalDate until) {
        String text = fields.require(
                "source_of_record",
                CheckCode.BASE_SOURCE,
                fields.what()
                        + " has no source of record (一数一源): name exactly one dataset as source_of_record, or a strategy");
        Ref source = new Ref(text, fields.at("source_of_record"));
        return new Rule(fields.at(), from, until, source, fields.refs("fallback"), fields.refs("verify"), Strategy.LED);
    }

    private Rule rule(LocalDate from, LocalDate until) {
        Kind.WORDS.forEach(this::only);
        Map<Ref, Integer> scores = kind == Kind.TRUST ? scores() : Map.of();
        List<Ref> sources = kind == Kind.TRUST ? List.copyOf(scores.keySet()) : fields.refs("sources");
        if (sources.size() < 2) {
            fields.problem(
                    fields.at("strategy"),
                    CheckCode.BASE_STRATEGY,
                    "strategy " + kind.word() + " of " + fields.what()
                            + " chooses among several sources: name two at least under "
                            + (kind == Kind.TRUST ? "trust, each with its score" : "sources"));
        }
        Strategy strategy = switch (kind) {
            case MOST_RECENT -> new Strategy.MostRecent(period(fields, "max_age"));
            case TRUST -> trust(List.copyOf(scores.values()));
            case AGREE -> new Strategy.Agree(atLeast(sources.size()));
        };
        Ref first = sources.isEmpty() ? new Ref("", fields.at()) : sources.getFirst();
        List<Ref> others = sources.isEmpty() ? List.of() : sources.subList(1, sources.size());
        return new Rule(fields.at(), from, until, first, others, fields.refs("verify"), strategy);
    }

    /** A word that is for another strategy would be read by nobody. */
    private void only(String word, Set<Kind> kinds) {
        if (!kinds.contains(kind) && fields.has(word)) {
            fields.problem(
                    fields.at(word),
                    CheckCode.BASE_STRATEGY,
                    "\"" + word + "\" has no meaning with strategy " + kind.word()
                            + " (一数一源: one source of record or one strategy): take one of them out");
        }
    }

    private Map<Ref, Integer> scores() {
        Map<Ref, Integer> scores = new LinkedHashMap<>();
        Fields trust = fields.optionalSection("trust");
        if (trust != null) {
            trust.texts()
                    .forEach((dataset, written) -> scores.put(
                            new Ref(dataset, written.at()),
                            Typed.number(trust, dataset, SCORE, SCORES).orElse(0)));
            trust.end();
        }
        return scores;
    }

    private Strategy trust(List<Integer> scores) {
        Fields decay = fields.optionalSection("decay");
        Period halfLife = decay == null ? null : period(decay, "half_life");
        int floor =
                decay == null ? 0 : Typed.number(decay, "floor", SCORE, SCORES).orElse(0);
        if (decay != null) {
            if (halfLife == null && !decay.has("half_life")) {
                decay.problem(
                        decay.at(),
                        CheckCode.KEY_MISSING,
                        decay.what() + " lacks \"half_life\": write P2Y or the like");
            }
            decay.end();
        }
        int margin = Typed.number(fields, "margin", SCORE, SCORES).orElse(0);
        return new Strategy.Trust(scores, halfLife, floor, margin, ties());
    }

    private List<Tie> ties() {
        List<Tie> ties = new ArrayList<>();
        Set<String> words = new TreeSet<>();
        for (Tie tie : Tie.values()) {
            words.add(tie.name().toLowerCase(Locale.ROOT));
        }
        for (Ref written : fields.refs("tie_break")) {
            if (words.contains(written.id())) {
                ties.add(Tie.valueOf(written.id().toUpperCase(Locale.ROOT)));
            } else {
                fields.problem(
                        written.at(),
                        CheckCode.VALUE_WORD,
                        "\"tie_break\" of " + fields.what() + " can't be \"" + written.id() + "\""
                                + Nearest.hint(written.id(), words));
            }
        }
        return ties.isEmpty() ? List.of(Tie.TRUST, Tie.SOURCE_ORDER) : List.copyOf(ties);
    }

    private int atLeast(int sources) {
        int least = Typed.number(fields, "at_least", COUNT, "write 2 to 9").orElse(2);
        if (least > sources && sources > 1) {
            fields.problem(
                    fields.at("at_least"),
                    CheckCode.BASE_STRATEGY,
                    least + " of " + sources + " sources of " + fields.what()
                            + " never agree: lower at_least, or name more");
        }
        return least;
    }

    private static @Nullable Period period(Fields fields, String key) {
        String text = fields.optional(key);
        if (text.isEmpty()) {
            return null;
        }
        try {
            Period period = Period.parse(text);
            if (!period.isNegative() && !period.isZero()) {
                return period;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        fields.problem(
                fields.at(key),
                CheckCode.VALUE_PERIOD,
                "\"" + key + "\" of " + fields.what() + " can't be \"" + text
                        + "\": write a period as P3Y, P6M or P90D");
        return null;
    }
}
