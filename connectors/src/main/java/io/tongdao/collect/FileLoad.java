package io.tongdao.collect;

import io.tongdao.collect.files.Manifest;
import io.tongdao.contract.serde.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A dropped file that was taken: the value of {@link CollectTopics#LOADS}, keyed {@code <dataset>|<sequence>}. Written in one transaction
 * with the file's records, so that either both are there or none.
 *
 * @param id of its manifest
 * @param epoch part of every position; raised by the first full load after the catalogue describes the dataset otherwise
 * @param load counts the files taken of the dataset, from 1: the commit of every position
 * @param definition a digest of what the catalogue said of the dataset
 * @param at when it was taken
 * @param rows in the file
 * @param records written to the src topic, tombstones included
 * @param unchanged rows that say what was held already
 * @param ended keys of rows that the file ends: by absence from a full load, by a deletion, or by turning invalid
 * @param unheld deletions of rows that were not held
 * @param rejected rows that went to quarantine
 */
public record FileLoad(
        String dataset,
        String id,
        int epoch,
        long load,
        String definition,
        long sequence,
        Manifest.Kind kind,
        String digest,
        Instant takenAt,
        Instant at,
        long rows,
        long records,
        long unchanged,
        long ended,
        long unheld,
        long rejected) {
    private static final JsonFormat<FileLoad> FORMAT = new JsonFormat<>(FileLoad.class);

    byte[] key() {
        return (dataset + '|' + sequence).getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return FORMAT.encode(this);
    }

    public static FileLoad parse(byte[] value) {
        return FORMAT.decode(value);
    }
}
