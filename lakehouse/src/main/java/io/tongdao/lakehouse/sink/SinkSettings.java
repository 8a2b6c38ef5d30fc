package io.tongdao.lakehouse.sink;

import java.time.Duration;

/**
 * What an engineer may tune of the sink.
 *
 * @param commitInterval how long rows wait for company: the time until a change is visible, against the number of files
 * @param busyInterval the same while rows keep coming, less than a second apart
 * @param maxBatchBytes rows of one table held in memory before they are committed early
 * @param targetFileBytes data files are closed at this size
 * @param smallFiles so many files of similar size in one partition are rewritten as one
 * @param keptSnapshots snapshots that are kept in any case
 * @param keptFor snapshots younger than this are kept too, for queries that still read them
 * @param indexMemory bytes of cache and write buffers for all indexes together
 * @param threads commits of different tables that run at once
 */
public record SinkSettings(
        Duration commitInterval,
        Duration busyInterval,
        long maxBatchBytes,
        long targetFileBytes,
        int smallFiles,
        int keptSnapshots,
        Duration keptFor,
        long indexMemory,
        int threads) {
    public static final SinkSettings DEFAULT = new SinkSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(12),
            16L << 20,
            128L << 20,
            12,
            5,
            Duration.ofMinutes(10),
            48L << 20,
            2);

    public SinkSettings {
        if (smallFiles < 2 || keptSnapshots < 1 || threads < 1 || maxBatchBytes < 1) {
            throw new IllegalArgumentException(
                    "sink: small-files ≥ 2, kept-snapshots, threads and max-batch-bytes ≥ 1");
        }
    }

    /** Always so long, however busy. */
    public SinkSettings withCommitInterval(Duration interval) {
        return new SinkSettings(
                interval,
                interval,
                maxBatchBytes,
                targetFileBytes,
                smallFiles,
                keptSnapshots,
                keptFor,
                indexMemory,
                threads);
    }

    public SinkSettings withSmallFiles(int files) {
        return new SinkSettings(
                commitInterval,
                busyInterval,
                maxBatchBytes,
                targetFileBytes,
                files,
                keptSnapshots,
                keptFor,
                indexMemory,
                threads);
    }

    public SinkSettings withKept(int snapshots, Duration age) {
        return new SinkSettings(
                commitInterval,
                busyInterval,
                maxBatchBytes,
                targetFileBytes,
                smallFiles,
                snapshots,
                age,
                indexMemory,
                threads);
    }

    public SinkSettings withTargetFileBytes(long bytes) {
        return new SinkSettings(
                commitInterval,
                busyInterval,
                maxBatchBytes,
                bytes,
                smallFiles,
                keptSnapshots,
                keptFor,
                indexMemory,
                threads);
    }
}
