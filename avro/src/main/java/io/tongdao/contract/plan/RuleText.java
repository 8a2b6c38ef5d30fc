package io.tongdao.contract.plan;

import io.tongdao.contract.plan.BasePlan.Blame;
import io.tongdao.contract.plan.BasePlan.Comparison;
import io.tongdao.contract.plan.BasePlan.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Explains rules of base databases in words, for {@code check} and {@code plan}. */
public final class RuleText {
    private RuleText() {}

    /** Who can win, and how it is decided. */
    public static String leading(Rule rule) {
        return switch (rule.strategy()) {
            case Strategy.Led led -> String.join(", then ", rule.order());
            case Strategy.MostRecent recent ->
                "the most recent of " + String.join(", ", rule.order())
                        + (recent.maxAge() == null ? "" : ", none older than " + recent.maxAge());
            case Strategy.Trust trust -> "the most trusted of " + trusted(rule, trust);
            case Strategy.Agree agree ->
                "what " + agree.sources() + " agree on of " + String.join(", ", rule.order()) + ", else the first";
        };
    }

    private static String trusted(Rule rule, Strategy.Trust trust) {
        List<String> scored = new ArrayList<>();
        for (int i = 0; i < rule.order().size(); i++) {
            scored.add(rule.order().get(i) + " " + trust.scores().get(i));
        }
        return String.join(", ", scored)
                + (trust.halfLife() == null ? "" : ", halved every " + trust.halfLife() + " down to " + trust.floor())
                + (trust.margin() == 0 ? "" : ", within " + trust.margin() + " by " + words(trust));
    }

    private static String words(Strategy.Trust trust) {
        return String.join(", then ", trust.ties().stream().map(RuleText::word).toList());
    }

    public static String of(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Exact c -> "exact";
            case Comparison.HanName c -> "han_name";
            case Comparison.OrganisationName c -> "organisation_name";
            case Comparison.Day c -> "date to the " + word(c.precision());
            case Comparison.Territory c -> "division" + level(c.to());
            case Comparison.Address c -> "address" + level(c.to());
            case Comparison.Code c -> "code" + (c.tables().isEmpty() ? "" : " by mappings of " + c.tables());
            case Comparison.Number c -> "number" + tolerance(c);
        };
    }

    private static String level(Comparison.Level level) {
        return level == Comparison.Level.WHOLE ? "" : " to the " + word(level);
    }

    private static String tolerance(Comparison.Number number) {
        boolean absolute = number.absolute().signum() != 0;
        boolean relative = number.relative().signum() != 0;
        return absolute
                ? " within " + number.absolute().toPlainString()
                : relative ? " within " + number.relative().movePointRight(2).toPlainString() + "%" : "";
    }

    public static String of(Blame blame) {
        return word(blame.who()) + (blame.grace().equals(Duration.ZERO) ? "" : " after " + blame.grace());
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
