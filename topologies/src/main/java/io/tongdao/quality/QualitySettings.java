package io.tongdao.quality;

import java.time.Duration;
import javax.crypto.SecretKey;

/**
 * What the quality stage needs beside the plan.
 *
 * @param valueKey the installation's key of the digests under which equal values meet; a change forgets who has met
 * @param remember how long a deleted row stays known: at least the topics' {@code delete.retention.ms}
 * @param history how long the figures of a day are kept
 */
public record QualitySettings(SecretKey valueKey, Duration remember, Duration history) {
    /** Remembers rows for 31 days and figures for 400. */
    public static QualitySettings of(SecretKey valueKey) {
        return new QualitySettings(valueKey, Duration.ofDays(31), Duration.ofDays(400));
    }
}
