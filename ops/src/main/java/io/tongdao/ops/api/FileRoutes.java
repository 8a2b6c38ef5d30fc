package io.tongdao.ops.api;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.seal.FileDigest;
import io.tongdao.contract.witness.Pickup;
import io.tongdao.ops.files.FileDesk;
import io.tongdao.ops.files.FileManifest;
import io.tongdao.ops.files.FileVersion;
import io.tongdao.ops.provision.AuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Files of grants (文件领取): what there is, one more, and to pick them up; and the record of that. */
public final class FileRoutes implements RouteGroup {
    private static final String ALL = "/v1/grants/{id}/files";
    private static final int MOST = 10_000;
    private static final Duration BETWEEN_ORDERS = Duration.ofMinutes(10);
    private static final Duration SHOWN = Duration.ofDays(30);
    private final Supplier<? extends Map<String, Grant>> known;
    private final Grants grants;
    private final FileDesk desk;
    private final AuditLog<Pickup> log;
    private final InstantSource clock;

    /** @param sealed the version of the key; 0: it is not sealed */
    record Line(
            String version,
            int epoch,
            String made,
            long rows,
            String file,
            long bytes,
            String sm3,
            String sha256,
            int sealed) {
        static Line of(FileVersion version) {
            FileManifest manifest = version.manifest();
            FileManifest.Data data = manifest.data();
            FileManifest.Sealed sealed = manifest.sealed();
            return new Line(
                    manifest.version(),
                    manifest.epoch(),
                    manifest.made(),
                    manifest.rows(),
                    data.file(),
                    data.bytes(),
                    data.sm3(),
                    data.sha256(),
                    sealed == null ? 0 : sealed.key());
        }
    }

    /** The oldest first. */
    record Lines(List<Line> versions) {}

    /** @param as_of the version that is made is of this instant or later */
    record Ordered(String as_of) {}

    /** As the record has it, with the instant as text. */
    record Pick(
            String record,
            String at,
            String grant,
            int epoch,
            String consumer,
            String by,
            String version,
            String file,
            String sm3,
            long from,
            long bytes) {
        static Pick of(Pickup one) {
            return new Pick(
                    one.id(),
                    one.at().toString(),
                    one.grant(),
                    one.epoch(),
                    one.consumer(),
                    one.by(),
                    one.version(),
                    one.file(),
                    one.sm3(),
                    one.from(),
                    one.bytes());
        }
    }

    record Picks(List<Pick> pickups) {}

    /**
     * @param known every grant by id, as it stands now
     * @param log of what is picked up
     */
    public FileRoutes(
            Supplier<? extends Map<String, Grant>> known,
            Supplier<Plan> plan,
            FileDesk desk,
            AuditLog<Pickup> log,
            InstantSource clock) {
        this.known = known;
        this.grants = new Grants(known, plan);
        this.desk = desk;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, Act.LIST_FILES, "文件版本 the versions of files", Lines.class, List.of(), this::list),
                Route.post(
                        ALL,
                        Act.ORDER_FILES,
                        "申请生成 have one more version made",
                        GrantRoutes.Reason.class,
                        Ordered.class,
                        this::order),
                Route.get(
                        ALL + "/{version}",
                        Act.LIST_FILES,
                        "文件清单 the manifest of a version",
                        FileManifest.class,
                        List.of(),
                        call -> version(call, Act.LIST_FILES).manifest()),
                Route.get(
                        ALL + "/{version}/{file}",
                        Act.PICK_UP,
                        "领取文件 the file itself, whole or by Range",
                        Download.class,
                        List.of(),
                        this::pickUp),
                Route.get(
                        "/v1/pickups",
                        Act.LIST_PICKUPS,
                        "领取留痕 who picked up what, of 30 days unless since says otherwise, the newest 10000",
                        Picks.class,
                        List.of("grant", "since"),
                        this::record));
    }

    private Lines list(Call call) {
        return new Lines(versions(grants.asked(call, Act.LIST_FILES)).stream()
                .map(Line::of)
                .toList());
    }

    private Ordered order(Call call) {
        String reason = GrantRoutes.reason(call);
        Grant grant = grants.asked(call, Act.ORDER_FILES);
        Instant soonest = clock.instant().minus(BETWEEN_ORDERS);
        if (versions(grant).stream()
                .anyMatch(version -> version.manifest().madeAt().isAfter(soonest))) {
            throw new Problem(
                    429,
                    "too-soon",
                    "最近 " + BETWEEN_ORDERS.toMinutes() + " 分钟内已生成过文件",
                    "a version was made within the last " + BETWEEN_ORDERS.toMinutes()
                            + " minutes: take it, or order later");
        }
        call.status(202);
        return new Ordered(
                desk.order(grant, call.who().onRecord() + ": " + reason).toString());
    }

    private Download pickUp(Call call) {
        FileVersion version = version(call, Act.PICK_UP);
        FileManifest manifest = version.manifest();
        FileManifest.Data data = manifest.data();
        if (!data.file().equals(call.path("file"))) {
            throw Problem.notFound();
        }
        return new Download(
                version.data(),
                new FileDigest(data.bytes(), data.sm3(), data.sha256()),
                () -> handedOut(manifest),
                range -> log.append(
                        manifest.grant().getBytes(StandardCharsets.UTF_8),
                        clock.instant(),
                        pickup(call, manifest, range)));
    }

    /** Whether the grant still is what it was when the version was made, and flows. */
    private boolean handedOut(FileManifest manifest) {
        Grant now = known.get().get(manifest.grant());
        return now != null && now.epoch() == manifest.epoch() && desk.handsOut(now);
    }

    private Pickup pickup(Call call, FileManifest manifest, ByteRange range) {
        return new Pickup(
                UUID.randomUUID().toString(),
                clock.instant(),
                manifest.grant(),
                manifest.epoch(),
                manifest.consumer(),
                call.who().onRecord(),
                manifest.version(),
                manifest.data().file(),
                manifest.data().sm3(),
                range.from(),
                range.bytes());
    }

    private FileVersion version(Call call, Act act) {
        return versions(grants.asked(call, act)).stream()
                .filter(version -> version.manifest().version().equals(call.path("version")))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    private List<FileVersion> versions(Grant grant) {
        try {
            return desk.versions(grant);
        } catch (IOException e) {
            throw new UncheckedIOException("files of grant " + grant.id() + " can't be listed", e);
        }
    }

    private Picks record(Call call) {
        Set<String> seen = grants.seen(call.who(), Act.LIST_PICKUPS).stream()
                .map(Grant::id)
                .filter(id -> call.query("grant").map(id::equals).orElse(true))
                .collect(Collectors.toSet());
        Deque<Pick> found = new ArrayDeque<>();
        log.since(call.since(clock.instant().minus(SHOWN)), one -> {
            if (seen.contains(one.grant())) {
                found.addLast(Pick.of(one));
                if (found.size() > MOST) {
                    found.removeFirst();
                }
            }
        });
        return new Picks(List.copyOf(found));
    }
}
