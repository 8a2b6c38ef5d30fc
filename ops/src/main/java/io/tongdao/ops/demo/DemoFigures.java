package io.tongdao.ops.demo;

import io.tongdao.ops.province.Check;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run of the demo measured. */
final class DemoFigures {
    private boolean loaded;
    private boolean suspended;
    private long collected;
    private int steps;
    private Duration cut = Duration.ZERO;
    private boolean silentAfterCut = true;
    private String readerEnded = "";
    private Latencies latencies = new Latencies();
    private List<Check> checks = List.of();
    private Duration whole = Duration.ZERO;
    private Map<String, Duration> phases = new LinkedHashMap<>();
    private long peakBytes;

    void loaded(boolean inThisRun) {
        loaded = inThisRun;
    }

    void collected(long rows) {
        collected = rows;
    }

    void step() {
        steps++;
    }

    void cut(Duration took, boolean silent, String ended) {
        suspended = true;
        cut = took;
        silentAfterCut = silent;
        readerEnded = ended;
    }

    void latencies(Latencies measured) {
        latencies = measured;
    }

    void checks(List<Check> all) {
        checks = all;
    }

    void took(Duration all, Map<String, Duration> each, long peak) {
        whole = all;
        phases = each;
        peakBytes = peak;
    }

    /** Every check holds, and the reader that was cut got nothing more. */
    boolean right() {
        return silentAfterCut && !checks.isEmpty() && checks.stream().allMatch(Check::ok);
    }

    boolean loaded() {
        return loaded;
    }

    /** Whether this run suspended a consumer. */
    boolean suspended() {
        return suspended;
    }

    boolean silentAfterCut() {
        return silentAfterCut;
    }

    long collected() {
        return collected;
    }

    int steps() {
        return steps;
    }

    Duration cut() {
        return cut;
    }

    String readerEnded() {
        return readerEnded;
    }

    Latencies latencies() {
        return latencies;
    }

    List<Check> checks() {
        return checks;
    }

    Duration whole() {
        return whole;
    }

    Map<String, Duration> phases() {
        return phases;
    }

    long peakBytes() {
        return peakBytes;
    }
}
