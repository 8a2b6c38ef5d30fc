package io.tongdao.ops.files;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.FileTerms;
import io.tongdao.contract.seal.FileSeal;
import io.tongdao.lakehouse.query.KeyedTable;
import io.tongdao.lakehouse.query.TableFiles.Column;
import io.tongdao.lakehouse.query.TableFiles.Format;
import io.tongdao.lakehouse.query.TableFiles.Target;
import io.tongdao.ops.embedded.StagedDirectory;
import io.tongdao.ops.keys.FileKey;
import io.tongdao.ops.keys.FileKeyRecord;
import io.tongdao.ops.keys.FileKeyStore;
import io.tongdao.ops.keys.KeyRefused;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one version of a grant's files: rows into a table on the disk, the table into a file, the file sealed if the grant says so, and a manifest;
 * all of it in a draft that becomes the version by one renaming.
 */
final class FileMaking {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LISTED = "varchar[]";
    private final FileShelf shelf;
    private final Supplier<FileKeyStore> keys;
    private final GrantPlan plan;
    private final Grant grant;
    private final FileTerms terms;

    FileMaking(FileShelf shelf, Supplier<FileKeyStore> keys, GrantPlan plan) {
        this.shelf = shelf;
        this.keys = keys;
        this.plan = plan;
        this.grant = plan.grant();
        this.terms = Objects.requireNonNull(grant.terms().files(), "a grant without files");
    }

    /** Puts the rows into a table, and tells up to which offsets. */
    @FunctionalInterface
    interface Rows {
        Map<Integer, Long> into(KeyedTable table) throws IOException;
    }

    static Rows of(EpochTopic topic, FileMaker.Settings settings, Instant now, Wanted wanted) {
        return table -> topic.into(table, settings.wire(), settings.acks().get(), now, wanted::still);
    }

    /** Whether the version is still to be made: asked again and again, at last before it can be seen. */
    @FunctionalInterface
    interface Wanted {
        boolean still();
    }

    /** @throws EpochTopic.NotYet if there is nothing whole to make it of */
    FileVersion make(Rows rows, Instant now, Wanted wanted) throws IOException, InterruptedException {
        String version = shelf.next(grant, now);
        return shelf.make(grant, version, draft -> {
            fill(draft, version, rows, now);
            if (!wanted.still()) {
                throw new EpochTopic.NotYet("the grant no longer flows");
            }
        });
    }

    private void fill(Path draft, String version, Rows rows, Instant now) throws IOException {
        Path plain = draft.resolve("data." + terms.format().word());
        Path scratch = Files.createDirectory(draft.resolve(".scratch"));
        Map<Integer, Long> offsets;
        long written;
        try (KeyedTable table = new KeyedTable(scratch, columns())) {
            offsets = rows.into(table);
            written = table.write(new Target(plain, format()));
        }
        StagedDirectory.delete(scratch);
        FileManifest.Data content = FileManifest.Data.of(plain, terms.format().word());
        FileManifest.Sealed sealed = terms.sealed() ? sealed(draft, plain, content, version) : null;
        FileManifest.Data data = sealed == null
                ? content
                : FileManifest.Data.of(name(draft, content), terms.format().word());
        manifest(version, now, offsets, written, data, sealed).write(draft);
    }

    private FileManifest.Sealed sealed(Path draft, Path plain, FileManifest.Data content, String version)
            throws IOException {
        FileKeyStore store = keys.get();
        FileKey key = key(store);
        String place = String.join(
                "/", grant.consumer(), grant.id(), "e" + grant.epoch(), version, content.file(), content.sm3());
        try (InputStream in = new BufferedInputStream(Files.newInputStream(plain));
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(name(draft, content)))) {
            new FileSeal(store.secret(key), place).seal(in, out, RANDOM);
        }
        Files.delete(plain);
        return new FileManifest.Sealed(FileSeal.ALGORITHM, key.version(), place, content);
    }

    /** A key that was lost is not made anew under its number: the consumer has another one of that name. */
    private FileKey key(FileKeyStore store) throws IOException {
        int used = shelf.newestKey(grant);
        FileKey last = new FileKey(grant.consumer(), grant.id(), used);
        if (used > 0 && store.list().stream().map(FileKeyRecord::key).noneMatch(last::equals)) {
            throw new KeyRefused("files are sealed with key " + last + ", which is not in the key store: bring"
                    + " secrets/token-keys.p12 back from a newer backup");
        }
        return store.current(grant.consumer(), grant.id());
    }

    private static Path name(Path draft, FileManifest.Data content) {
        return draft.resolve(content.file() + ".sm4");
    }

    private FileManifest manifest(
            String version,
            Instant now,
            Map<Integer, Long> offsets,
            long rows,
            FileManifest.Data data,
            FileManifest.@Nullable Sealed sealed) {
        List<FileManifest.Item> items = plan.items().stream()
                .map(item -> new FileManifest.Item(
                        item.name(),
                        item.label(),
                        Column.of(item.name(), item.output()).type(),
                        item.mask().word(),
                        item.level()))
                .toList();
        return new FileManifest(
                grant.id(),
                grant.consumer(),
                grant.table(),
                grant.epoch(),
                version,
                now.toString(),
                plan.topic().name(),
                offsets,
                rows,
                grant.key().name().toLowerCase(Locale.ROOT),
                items,
                data,
                sealed,
                terms.keepDays());
    }

    /** As the topic's schema has its fields. */
    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        plan.items().forEach(item -> columns.add(Column.of(item.name(), item.output())));
        columns.add(new Column(GrantPlan.DISPUTED, LISTED));
        columns.add(new Column(GrantPlan.WITHHELD, LISTED));
        return columns;
    }

    private Format format() {
        return switch (terms.format()) {
            case CSV -> Format.CSV;
            case JSONL -> Format.JSON;
            case PARQUET -> Format.PARQUET;
        };
    }
}
