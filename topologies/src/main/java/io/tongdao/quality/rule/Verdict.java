package io.tongdao.quality.rule;

import java.util.BitSet;

/**
 * What the rules of a dataset say of one version of a row, by their numbers in the {@link Ruleset}.
 *
 * @param asked the rules that have something to say of it: counter B of GB/T 36344
 * @param broken those of them that it breaks: B without A
 */
public record Verdict(BitSet asked, BitSet broken) {

    static Verdict none() {
        return new Verdict(new BitSet(), new BitSet());
    }

    void add(int rule, Judgement judgement) {
        asked.set(rule, judgement != Judgement.NOT_ASKED);
        broken.set(rule, judgement == Judgement.BROKEN);
    }
}
