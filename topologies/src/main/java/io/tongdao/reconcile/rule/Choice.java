package io.tongdao.reconcile.rule;

import java.util.List;

/**
 * Which row gives an item its value, by which rule.
 *
 * @param rivals datasets that are trusted nearly as much: where they differ that is a conflict
 */
record Choice(Claim claim, GoldenRecord.Rule rule, List<String> rivals) {
    Choice(Claim claim, GoldenRecord.Rule rule) {
        this(claim, rule, List.of());
    }
}
