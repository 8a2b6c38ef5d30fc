package io.tongdao.ops.opening;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tongdao.contract.open.Opening;
import io.tongdao.contract.open.Opening.State;
import io.tongdao.lakehouse.open.Remembered;
import io.tongdao.lakehouse.query.TableFiles;
import io.tongdao.lakehouse.query.TableFiles.Column;
import io.tongdao.lakehouse.query.TableFiles.Format;
import io.tongdao.lakehouse.query.TableFiles.Target;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.DurableFiles;
import io.tongdao.ops.embedded.StagedDirectory;
import io.tongdao.ops.embedded.StagedDirectory.Filler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directories of opening. A version is {@code open/<publication>/[<applicant>/]v<n>}: there whole or not at all, never changed. What is not for
 * everybody lies in {@code open-record}: versions while they are suspended, and what is remembered of all that was ever published.
 */
final class OpenShelf {
    private static final String TOLD = "told_";
    private static final List<String> OWN = List.of("row", "subject", "atom");
    private final Path open;
    private final Path record;

    OpenShelf(DataDirectory data) throws IOException {
        this.open = data.open();
        this.record = data.openRecord();
        Files.createDirectories(open);
        Files.createDirectories(record);
        Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rwx------"));
    }

    Path lock() {
        return record.resolve("lock");
    }

    /** Where a version stands. */
    Path place(Opening version) {
        return place(version.publication(), version.applicant(), version.version());
    }

    Path place(String publication, String applicant, int version) {
        Path of = open.resolve(publication);
        return (applicant.isEmpty() ? of : of.resolve(applicant)).resolve("v" + version);
    }

    /** Whether a version's files can be read. */
    boolean stands(Opening version) {
        return Files.exists(place(version).resolve(OpenFiles.MANIFEST));
    }

    /** The highest number of a version that anything is remembered of; 0: none. */
    int last(String publication) throws IOException {
        Path of = record.resolve(publication);
        if (!Files.isDirectory(of)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(of)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("v\\d+\\.parquet"))
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf('.'))))
                    .max()
                    .orElse(0);
        }
    }

    /** All that was published up to the last version. */
    List<Remembered> remembered(String publication, List<String> sensitive) throws IOException {
        int last = last(publication);
        if (last == 0) {
            return List.of();
        }
        List<String> columns = new ArrayList<>(OWN);
        sensitive.forEach(item -> columns.add(TOLD + item));
        return TableFiles.read(memory(publication, last), columns).stream()
                .map(row -> remembered(row, sensitive))
                .toList();
    }

    private static Remembered remembered(List<@Nullable String> row, List<String> sensitive) {
        Map<String, String> told = new HashMap<>();
        for (int item = 0; item < sensitive.size(); item++) {
            told.put(sensitive.get(item), Objects.requireNonNullElse(row.get(OWN.size() + item), ""));
        }
        return new Remembered(
                Objects.requireNonNull(row.get(0)),
                Objects.requireNonNull(row.get(1)),
                Integer.parseInt(Objects.requireNonNull(row.get(2))),
                told);
    }

    /** To be done before the version can be seen. */
    void remember(String publication, int version, List<String> sensitive, List<Remembered> all) throws IOException {
        List<Column> columns = new ArrayList<>();
        OWN.forEach(name -> columns.add(new Column(name, name.equals("atom") ? "integer" : "varchar")));
        sensitive.forEach(item -> columns.add(new Column(TOLD + item, "varchar")));
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (Remembered one : all) {
            List<@Nullable String> row =
                    new ArrayList<>(List.of(one.row(), one.subject(), Integer.toString(one.atom())));
            sensitive.forEach(item -> row.add(one.told().getOrDefault(item, "")));
            rows.add(row);
        }
        Path file = memory(publication, version);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.createDirectories(record.resolve(publication));
        Files.deleteIfExists(draft);
        new TableFiles(columns, rows).write(List.of(new Target(draft, Format.PARQUET)));
        DurableFiles.settle(draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.settle(record.resolve(publication));
    }

    private Path memory(String publication, int version) {
        return record.resolve(publication).resolve("v" + version + ".parquet");
    }

    /** Makes a version; {@code filler} may refuse, and then there is none. */
    void publish(Path target, boolean everybody, Filler filler) throws IOException, InterruptedException {
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        if (!everybody) {
            Files.setPosixFilePermissions(
                    Objects.requireNonNull(target.getParent()), PosixFilePermissions.fromString("rwx------"));
        }
        StagedDirectory.make(target, draft -> {
            filler.fill(draft);
            DurableFiles.settleAll(draft);
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
        });
        DurableFiles.settle(Objects.requireNonNull(target.getParent()));
    }

    /** Whether a suspension holds a version's files. */
    boolean holds(Opening version) {
        return Files.exists(held(version));
    }

    private Path held(Opening version) {
        return record.resolve(version.publication()).resolve("held-v" + version.version());
    }

    /** Brings the files to what is on record of a version, from whatever an earlier attempt left. */
    void follow(Opening version, String title) throws IOException, InterruptedException {
        Path target = place(version);
        Path held = held(version);
        if (version.state() == State.PUBLISHED) {
            if (Files.exists(held)) {
                StagedDirectory.delete(target);
                Files.move(held, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return;
        }
        if (stands(version)) {
            Files.createDirectories(record.resolve(version.publication()));
            Files.move(target, held, StandardCopyOption.ATOMIC_MOVE);
        }
        StagedDirectory.delete(target);
        publish(
                target,
                version.applicant().isEmpty(),
                draft -> OpenFiles.write(draft, OpenFiles.NOTICE, notice(version, title)));
        if (version.state() == State.WITHDRAWN) {
            StagedDirectory.delete(held);
        }
    }

    /** 撤回公告, 中止公告: for whoever looks for the data. */
    private static ObjectNode notice(Opening version, String title) {
        Opening.Step last = version.steps().getLast();
        return JsonNodeFactory.instance
                .objectNode()
                .put("notice", version.state() == State.WITHDRAWN ? "撤回公告" : "中止开放公告")
                .put("publication", version.publication())
                .put("title", title)
                .put("version", version.version())
                .put("state", version.state().name().toLowerCase(Locale.ROOT))
                .put("reason", last.reason())
                .put("at", last.at().toString());
    }
}
