package io.tongdao.ops.cli;

import io.tongdao.contract.grant.Grant;
import io.tongdao.ops.exchange.EmbeddedKeys;
import io.tongdao.ops.files.FileShelf;
import io.tongdao.ops.keys.FileKey;
import io.tongdao.ops.keys.FileKeyDesk;
import io.tongdao.ops.keys.FileKeyRecord;
import io.tongdao.ops.keys.KeyDesk;
import io.tongdao.ops.keys.KeyRecord;
import io.tongdao.ops.keys.KeysInUse;
import io.tongdao.release.TokenKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao key}: the keys of consumers' tokens. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        header = "密钥: list, rotate, destroy the keys of consumers' tokens and of files.",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Tokens of a consumer and a purpose have a key of their own, in versions: a token begins with its version, t2:…",
            "Sealed files of a grant have a key of their own, in versions too, f1, f2: with --files the second word is the grant.",
            "Needs a running exchange on --data. No key is ever printed; each change is on record with who and why."
        })
final class KeyCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Whose tokens. */
    static final class Subject {
        @Parameters(index = "0", paramLabel = "CONSUMER", description = "The agency that receives the tokens.")
        private String consumer = "";

        @Parameters(
                index = "1",
                paramLabel = "PURPOSE",
                description = "The purpose that they are joinable in; with --files the grant.")
        private String purpose = "";

        @Option(names = "--files", description = "The key of a grant's sealed files, not of tokens.")
        private boolean files;

        @Mixin
        private Place place = new Place();
    }

    /** What is put on record of a change. */
    static final class Reason {
        @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who orders; put on record.")
        private String by = "";

        @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; put on record.")
        private String reason = "";
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(mixinStandardHelpOptions = true, description = "All keys that ever were, and the grants that have them.")
    void list(@Mixin Place place) throws IOException {
        KeyDesk desk = desk(place.data);
        List<KeyRecord> keys = desk.list();
        KeysInUse inUse = desk.inUse();
        say("%-16s %-24s %-7s %-9s  %-20s %s", "consumer", "purpose", "version", "state", "since", "grants; by, why");
        keys.forEach(key -> say(
                "%-16s %-24s %-7s %-9s  %-20s %s; %s, %s",
                key.key().consumer(),
                key.key().purpose(),
                "t" + key.key().version(),
                key.live() ? "live" : "destroyed",
                key.since().truncatedTo(ChronoUnit.SECONDS),
                names(inUse.of(key.key())),
                key.by(),
                key.reason()));
        files(place.data);
    }

    private void files(Path data) throws IOException {
        FileKeyDesk desk = fileDesk(data);
        List<FileKeyRecord> keys = desk.list();
        if (!keys.isEmpty()) {
            say(
                    "%n%-16s %-24s %-7s %-9s  %-20s %s",
                    "consumer", "files of", "version", "state", "since", "grants; handed out; by, why");
        }
        keys.forEach(key -> say(
                "%-16s %-24s %-7s %-9s  %-20s %s; %s; %s, %s",
                key.key().consumer(),
                key.key().grant(),
                "f" + key.key().version(),
                key.live() ? "live" : "destroyed",
                key.since().truncatedTo(ChronoUnit.SECONDS),
                names(desk.users(key.key())),
                handed(key.handed()),
                key.by(),
                key.reason()));
    }

    private static String handed(FileKeyRecord.@Nullable Handed handed) {
        return handed == null ? "not handed out" : handed.at().truncatedTo(ChronoUnit.SECONDS) + " by " + handed.by();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Makes the next version. Grants of the consumer and purpose are suspended and flow again in a new epoch with it,",
                "filled from the beginning; the consumer discards the former epoch. The former key stays until it is destroyed."
            })
    void rotate(@Mixin Subject subject, @Mixin Reason record) throws IOException {
        if (subject.files) {
            FileKeyRecord made =
                    fileDesk(subject.place.data).rotate(subject.consumer, subject.purpose, record.by, record.reason);
            say(
                    "key %s is made: files are sealed with it from now on; ./tongdao grant files %s --key FILE hands it out",
                    made.key(), subject.purpose);
            return;
        }
        KeyDesk.Rotation done =
                desk(subject.place.data).rotate(subject.consumer, subject.purpose, record.by, record.reason);
        say("key %s is made", done.made().key());
        for (Grant grant : done.renewed()) {
            say("%s flows with it: epoch %d, topic %s", grant.id(), grant.epoch(), grant.topic());
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Destroys a version that no running epoch has: nobody can make or check its tokens again. Backups of the key",
                "store still hold it: destroy those too."
            })
    void destroy(
            @Mixin Subject subject,
            @Option(
                            names = "--key-version",
                            paramLabel = "N",
                            required = true,
                            description = "The version, as in t<N>: or f<N>.")
                    int version,
            @Mixin Reason record)
            throws IOException {
        if (subject.files) {
            FileKey key = new FileKey(subject.consumer, subject.purpose, version);
            fileDesk(subject.place.data).destroy(key, record.by, record.reason);
            say("key %s is destroyed: files that are sealed with it can be opened only by who has it", key);
            return;
        }
        TokenKey key = new TokenKey(subject.consumer, subject.purpose, version);
        desk(subject.place.data).destroy(key, record.by, record.reason);
        say("key %s is destroyed", key);
    }

    private static KeyDesk desk(Path data) throws IOException {
        Beside beside = Beside.find(data);
        return new KeyDesk(EmbeddedKeys.tokens(beside.data()), beside.desk());
    }

    private static FileKeyDesk fileDesk(Path data) throws IOException {
        Beside beside = Beside.find(data);
        return new FileKeyDesk(EmbeddedKeys.files(beside.data()), beside.desk(), new FileShelf(beside.data())::seals);
    }

    private static String names(List<String> grants) {
        return grants.isEmpty() ? "no grant" : String.join(" ", grants);
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(format + "%n", values);
        out.flush();
    }
}
