package io.tongdao.ops.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.FileTerms;
import io.tongdao.ops.exchange.EmbeddedKeys;
import io.tongdao.ops.exchange.StatusFile;
import io.tongdao.ops.files.FileDesk;
import io.tongdao.ops.files.FileManifest;
import io.tongdao.ops.files.FileVersion;
import io.tongdao.ops.files.KeyPaper;
import io.tongdao.ops.keys.FileKey;
import io.tongdao.ops.keys.FileKeyStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao grant files}: what a grant delivers as files. */
@Command(
        name = "files",
        mixinStandardHelpOptions = true,
        header = "文件: the versions of a grant's files; make one now; hand out the key.",
        description = {
            "Lists the versions that can be picked up, with rows, sizes and digests. --now makes one more first. --key writes the",
            "key that opens sealed files into a file that its owner alone can read, once; give it to the consumer by a way of its",
            "own. The consumer picks files up over HTTP with its token, see ops/docs/api.md."
        })
final class GrantFilesCommand implements Callable<Integer> {
    private static final Duration STEP = Duration.ofMillis(200);

    @Parameters(paramLabel = "ID", description = "The grant's id.")
    private String id = "";

    @Option(names = "--now", description = "Make a version as of now, and wait for it.")
    private boolean now;

    @Option(names = "--key", paramLabel = "FILE", description = "Write the key into a new file, once.")
    private @Nullable Path key;

    @Mixin
    private Order order = new Order();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Beside beside = Beside.find(order.place.data);
        Grant grant = GrantCommand.known(beside.desk(), id);
        FileDesk desk = beside.fileDesk();
        if (key != null) {
            handOut(beside, grant, key);
            return 0;
        }
        if (now) {
            await(beside, desk, grant, desk.order(grant, order.by));
        }
        print(desk.versions(grant));
        return 0;
    }

    /** The file is there before the key is marked as handed out: one that can't be written costs no key. */
    private void handOut(Beside beside, Grant grant, Path file) throws IOException {
        FileTerms files = grant.terms().files();
        if (files == null || !files.sealed()) {
            throw new CommandFailedException(id + " delivers no sealed files, so there is no key to hand out");
        }
        FileKeyStore keys = EmbeddedKeys.files(beside.data());
        FileKey current = keys.current(grant.consumer(), grant.id());
        KeyPaper.reserve(file);
        try {
            new KeyPaper(grant.consumer(), grant.id(), current.version(), keys.handOut(current, order.by)).write(file);
        } catch (RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        say("key %s is in %s, and is handed out this once", current, file);
    }

    private void await(Beside beside, FileDesk desk, Grant grant, Instant asOf) throws IOException {
        Instant limit = Instant.now().plus(Duration.ofSeconds(order.wait > 0 ? order.wait : 60));
        Optional<FileVersion> made = desk.made(grant, asOf);
        while (made.isEmpty()) {
            if (Instant.now().isAfter(limit)) {
                String why = waits(beside);
                throw new CommandFailedException("no version of " + id + " is made yet"
                        + (why.isEmpty() ? "" : ": " + why)
                        + "; the order stands, see ./tongdao status");
            }
            pause();
            made = desk.made(grant, asOf);
        }
    }

    private String waits(Beside beside) throws IOException {
        Path status = StatusFile.path(beside.data().root());
        for (var files : new ObjectMapper().readTree(status.toFile()).path("files")) {
            if (files.path("grant").asText().equals(id)) {
                return files.path("waits").asText();
            }
        }
        return "";
    }

    private static void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted; the order stands");
        }
    }

    private void print(List<FileVersion> versions) {
        if (versions.isEmpty()) {
            say("%s has no files yet: --now makes a version, and ./tongdao status shows what it waits for", id);
        }
        for (FileVersion version : versions) {
            FileManifest manifest = version.manifest();
            FileManifest.Sealed sealed = manifest.sealed();
            say("version 版本  %s, epoch %d, made %s", manifest.version(), manifest.epoch(), manifest.made());
            say("  rows 行数   %,d", manifest.rows());
            say(
                    "  file 文件   %s, %,d bytes%s",
                    manifest.data().file(),
                    manifest.data().bytes(),
                    sealed == null ? "" : ", sealed with key f" + sealed.key());
            say("  SM3         %s", manifest.data().sm3());
            say("  SHA-256     %s", manifest.data().sha256());
            say("  where       %s", version.directory());
        }
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
