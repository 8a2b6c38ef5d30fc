package io.tongdao.ops.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.tongdao.contract.seal.FileDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file is sent for as long as it may be: a grant that is cut hands out nothing more within a second, whoever reads how fast. */
class DownloadsTest {
    private static final long SIZE = 1L << 30;
    private static final String ZEROS = "0".repeat(64);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path dir;

    private final AtomicBoolean allowed = new AtomicBoolean(true);
    private final AtomicBoolean recordable = new AtomicBoolean(true);
    private final List<ByteRange> recorded = Collections.synchronizedList(new ArrayList<>());
    private final Downloads downloads = new Downloads();
    private Javalin server;

    @BeforeEach
    void serve() throws IOException {
        Path file = dir.resolve("data.csv");
        try (RandomAccessFile holes = new RandomAccessFile(file.toFile(), "rw")) {
            holes.setLength(SIZE);
        }
        Download download = new Download(file, new FileDigest(SIZE, ZEROS, ZEROS), allowed::get, range -> {
            if (!recordable.get()) {
                throw Problem.unavailable();
            }
            recorded.add(range);
        });
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.concurrency.useVirtualThreads = true;
            config.routes.addEndpoint(
                    new Endpoint(HandlerType.GET, "/file", context -> downloads.send(context, download, () -> true)));
            config.routes.exception(Downloads.Cut.class, (e, context) -> {});
            config.routes.exception(
                    Problem.class, (e, context) -> context.status(e.body().status()));
        });
        server.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.stop();
        downloads.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "- | 100 | 0 | 100",
                "bytes=0-0 | 100 | 0 | 1",
                "bytes=10-19 | 100 | 10 | 10",
                "bytes=90- | 100 | 90 | 10",
                "bytes=90-1000 | 100 | 90 | 10",
                "bytes=-30 | 100 | 70 | 30",
                "bytes=-1000 | 100 | 0 | 100",
                "bytes=100- | 100 | - | -",
                "bytes=-0 | 100 | - | -",
                "bytes=0- | 0 | - | -",
                // what is no single range is the whole
                "bytes=19-10 | 100 | 0 | 100",
                "bytes=0-1,5-6 | 100 | 0 | 100",
                "items=0-1 | 100 | 0 | 100",
                "bytes=- | 100 | 0 | 100",
                "bytes=99999999999999999999- | 100 | 0 | 100",
            })
    void whichBytesAreAskedFor(String header, long size, Long from, Long bytes) {
        assertThat(ByteRange.of(header, size).orElse(null)).isEqualTo(from == null ? null : new ByteRange(from, bytes));
    }

    @Test
    void whatCanNotBePutOnRecordIsNotSent() throws Exception {
        // Given
        recordable.set(false);
        // When
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url()).build(), HttpResponse.BodyHandlers.ofByteArray());
        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body().length).isLessThan(1_000);
    }

    @Test
    void whoReadsIsCutOffWithinASecond() throws Exception {
        // Given
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url()).build(), HttpResponse.BodyHandlers.ofInputStream());
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = answer.body()) {
            assertThat(in.readNBytes(buffer, 0, buffer.length)).isEqualTo(buffer.length);
            // When
            allowed.set(false);
            Instant cut = Instant.now();
            // Then
            assertThatThrownBy(() -> drain(in, buffer)).isInstanceOf(IOException.class);
            assertThat(Duration.between(cut, Instant.now())).isLessThan(SECOND);
        }
        assertThat(recorded).containsExactly(ByteRange.whole(SIZE));
    }

    /** It waits in a write; what was sent before the cut is all that it will ever get. */
    @Test
    void whoDoesNotReadIsCutOffWithinASecond() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            // Given
            socket.getOutputStream().write("GET /file HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(700);
            assertThat(downloads.running()).isOne();
            // When
            allowed.set(false);
            Instant cut = Instant.now();
            // Then
            while (downloads.running() > 0) {
                assertThat(Duration.between(cut, Instant.now())).isLessThan(SECOND);
                Thread.sleep(10);
            }
            socket.setSoTimeout(5_000);
            assertThat(drain(socket.getInputStream(), new byte[1 << 16])).isLessThan(SIZE / 4);
        }
    }

    /** @return how many bytes came until the end */
    private static long drain(InputStream in, byte[] buffer) throws IOException {
        long all = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            all += read;
        }
        return all;
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.port() + "/file");
    }
}
