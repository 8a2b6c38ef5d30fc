package io.tongdao.ops.demo;

import io.tongdao.ops.exchange.Exchange;
import io.tongdao.ops.province.Check;

/** The demo's last page. */
final class DemoReport {
    private DemoReport() {}

    static String text(DemoFigures figures, Exchange exchange) {
        StringBuilder text = new StringBuilder("\n");
        for (Check check : figures.checks()) {
            text.append(String.format(
                    "  %s %-60s expected %,9d  actual %,9d%n",
                    check.ok() ? "✔" : "✘", check.name(), check.expected(), check.actual()));
            if (!check.ok()) {
                text.append(String.format(
                        "      missing %,d, more %,d, different %,d%n", check.missing(), check.extra(), check.different()));
                check.examples().forEach(example -> text.append("      ").append(example).append('\n'));
            }
        }
        text.append(String.format("%n  commit → authorised topic p50 %d ms, p99 %d ms (%d changes)%n",
                figures.latencies().percentile(0.5), figures.latencies().percentile(0.99), figures.latencies().count()));
        text.append(String.format("  whole %.1f s, peak memory of all processes %,d MiB%n",
                figures.whole().toMillis() / 1000.0, figures.peakBytes() >> 20));
        return text.toString();
    }
}
