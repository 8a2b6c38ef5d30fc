package io.tongdao.ops.bench;

import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;

/** The plan of a catalogue's directory with one connection's address put in. */
final class BenchCatalogue {
    private BenchCatalogue() {}

    static Plan load(String catalogue, Source source) {
        throw new UnsupportedOperationException("not yet: " + catalogue + source.name());
    }
}
