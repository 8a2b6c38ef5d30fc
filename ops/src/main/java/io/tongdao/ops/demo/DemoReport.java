package io.tongdao.ops.demo;

import io.tongdao.ops.province.Figures;
import io.tongdao.ops.province.LiveScript;

/** From what the demo measured to the figures of its last page. */
final class DemoReport {
    private DemoReport() {}

    static Figures figures(DemoFigures measured, Demo.Options options, LiveScript script) {
        Latencies latencies = measured.latencies();
        return new Figures(
                options.people(),
                options.seed(),
                measured.loaded(),
                measured.collected(),
                measured.steps(),
                script.steps().size(),
                measured.phases(),
                new Figures.Latency(latencies.percentile(0.5), latencies.percentile(0.99), latencies.count()),
                measured.suspended() ? new Figures.Cut(measured.cut(), measured.silentAfterCut()) : null,
                measured.checks(),
                measured.whole(),
                measured.peakBytes());
    }
}
