package io.tongdao.ops.api;

import io.javalin.http.Context;
import io.tongdao.contract.seal.FileDigest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Sends files, piece by piece, for as long as they are allowed. What is allowed no longer breaks off at once: also while a piece waits for one who
 * doesn't read, by a look at all that are running ten times a second.
 */
final class Downloads implements AutoCloseable {
    private static final int PIECE = 64 << 10;
    private static final int LOOK_MS = 100;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("downloads").factory());

    Downloads() {
        timer.scheduleWithFixedDelay(() -> running.forEach(Running::look), LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** How many are sent at this moment. */
    int running() {
        return running.size();
    }

    /** What was begun is not to be ended: no more is written, and who reads sees that it is not whole. */
    static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cut() {
            super("cut", null, false, false);
        }
    }

    /** @throws Cut if it broke off, whoever did it */
    void send(Context context, Download download, BooleanSupplier admitted) {
        FileDigest digest = download.digest();
        String tag = '"' + digest.sha256() + '"';
        String ifRange = context.header("If-Range");
        String asked = ifRange == null || ifRange.equals(tag) ? context.header("Range") : null;
        ByteRange range = ByteRange.of(asked, digest.bytes()).orElseThrow(() -> outside(context, digest.bytes()));
        download.record().of(range);
        boolean whole = range.equals(ByteRange.whole(digest.bytes()));
        context.status(whole ? 200 : 206)
                .contentType(Download.TYPE)
                .header("Accept-Ranges", "bytes")
                .header("ETag", tag)
                .header("Repr-Digest", "sha-256=:" + base64(digest.sha256()) + ":, sm3=:" + base64(digest.sm3()) + ":")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + download.file().getFileName() + '"');
        if (!whole) {
            context.header("Content-Range", range.of(digest.bytes()));
        }
        context.res().setContentLengthLong(range.bytes());
        Running one = new Running(
                ServletContextRequest.getServletContextRequest(context.req()),
                () -> download.allowed().getAsBoolean() && admitted.getAsBoolean());
        running.add(one);
        try (SeekableByteChannel in = Files.newByteChannel(download.file())) {
            copy(in.position(range.from()), context.res().getOutputStream(), range.bytes(), one);
        } catch (IOException e) {
            throw new Cut();
        } finally {
            one.end();
            running.remove(one);
        }
    }

    private static void copy(SeekableByteChannel in, OutputStream to, long bytes, Running one) throws IOException {
        WritableByteChannel out = Channels.newChannel(to);
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long left = bytes;
        while (left > 0) {
            if (!one.allowed().getAsBoolean()) {
                throw new Cut();
            }
            piece.clear().limit((int) Math.min(PIECE, left));
            if (in.read(piece) < 0) {
                throw new IOException("a version of files is shorter than its manifest says");
            }
            left -= piece.position();
            out.write(piece.flip());
            to.flush();
        }
    }

    private static Problem outside(Context context, long size) {
        context.header("Content-Range", "bytes */" + size);
        return new Problem(416, "range", "所请求的字节范围超出文件", "the range lies outside of the file", List.of());
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    /** One that sends at this moment. */
    private static final class Running {
        private final Request request;
        private final BooleanSupplier allowed;
        private boolean ended;

        Running(Request request, BooleanSupplier allowed) {
            this.request = request;
            this.allowed = allowed;
        }

        BooleanSupplier allowed() {
            return allowed;
        }

        /** A write that waits ends when its connection does: to interrupt its thread is not enough. */
        synchronized void look() {
            if (!ended && !allowed.getAsBoolean()) {
                request.getConnectionMetaData().getConnection().getEndPoint().close();
            }
        }

        /** The connection may go on to other requests, and is not to be ended there. */
        synchronized void end() {
            ended = true;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
