package io.tongdao.ops.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.tongdao.contract.catalogue.CatalogueRefused;
import io.tongdao.ops.files.FilesRefused;
import io.tongdao.ops.provision.GrantRefused;
import io.tongdao.ops.provision.ProvisionFailed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP API on the loopback. Every route but the description's asks for a token; whether its role may is decided here, before the route is. Bodies,
 * tokens and exceptions' texts are in no log and no answer.
 */
public final class Api implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String BEARER = "Bearer ";
    private static final long LONGEST_BODY = 1 << 20;
    private static final int IDLE_MS = 30_000;
    /** A body that trickles in more slowly is given up. */
    private static final long SLOWEST_BODY = 512;

    private final TokenShelf tokens;
    private final Downloads downloads = new Downloads();
    private final Javalin server;

    private Api(TokenShelf tokens, List<RouteGroup> groups) {
        this.tokens = tokens;
        List<Route> routes = new ArrayList<>();
        groups.forEach(group -> routes.addAll(group.routes()));
        routes.add(OpenApi.route(List.copyOf(routes)));
        this.server = Javalin.create(config -> configure(config, routes));
    }

    /**
     * Serves from now on.
     *
     * @param port on the loopback
     */
    public static Api start(int port, TokenShelf tokens, List<RouteGroup> groups) {
        Api api = new Api(tokens, groups);
        api.server.start(LOOPBACK, port);
        return api;
    }

    public String url() {
        return "http://" + LOOPBACK + ":" + server.port();
    }

    private void configure(JavalinConfig config, List<Route> routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = LONGEST_BODY;
        config.http.prefer405over404 = true;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setIdleTimeout(IDLE_MS);
            http.setMinRequestDataRate(SLOWEST_BODY);
        });
        routes.forEach(route -> config.routes.addEndpoint(
                new Endpoint(HandlerType.findOrCreate(route.method()), route.path(), handler(route))));
        config.routes.exception(Problem.class, (problem, context) -> write(context, problem.body()));
        config.routes.exception(HttpResponseException.class, (e, context) -> write(context, of(e.getStatus())));
        // nothing more is written: the connection breaks off where it is
        config.routes.exception(Downloads.Cut.class, (e, context) -> {});
        config.routes.exception(Exception.class, this::unexpected);
    }

    private Handler handler(Route route) {
        return context -> {
            context.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff");
            Identity who = route.act() == Act.DESCRIBE ? NOBODY : identity(context);
            if (route.act() != Act.DESCRIBE && Rights.of(who.role(), route.act()) == Rights.Reach.NONE) {
                throw Problem.forbidden();
            }
            Object answer = route.endpoint().answer(new Call(context, who));
            if (answer instanceof Download download) {
                downloads.send(context, download, () -> tokens.inForce(who.token()));
                return;
            }
            context.contentType("application/json; charset=utf-8").result(Call.JSON.writeValueAsBytes(answer));
        };
    }

    /** Who reads what everybody may. */
    private static final Identity NOBODY = new Identity(Role.AUDITOR, "", "", "");

    private Identity identity(Context context) {
        String header = context.header("Authorization");
        if (header == null || !header.startsWith(BEARER)) {
            throw Problem.unauthenticated();
        }
        return tokens.who(header.substring(BEARER.length()).strip()).orElseThrow(Problem::unauthenticated);
    }

    private void unexpected(Exception e, Context context) {
        String request = UUID.randomUUID().toString();
        Problem.Body body = switch (e) {
            case FilesRefused refused ->
                new Problem(
                                409,
                                "no-files",
                                "该授权目前不提供文件",
                                "this grant hands out no files now",
                                List.of(String.valueOf(refused.getMessage())))
                        .body();
            case GrantRefused refused ->
                new Problem(
                                409,
                                "refused",
                                "依目录和规定不予办理",
                                "the catalogue or the life of the grant does not allow it",
                                refused.problems())
                        .body();
            case CatalogueRefused refused ->
                new Problem(
                                422,
                                "application-unreadable",
                                "申请文件有误，请一次性改正",
                                "the application can't be read: every mistake at once",
                                refused.problems().stream()
                                        .map(Object::toString)
                                        .toList())
                        .body();
            case ProvisionFailed failed -> Problem.unavailable().body();
            case KafkaException failed -> Problem.unavailable().body();
            default -> Problem.failed().body();
        };
        if (body.status() >= 500) {
            LOG.error("request {} failed", request, e);
        }
        write(context, body.of(request));
    }

    private static Problem.Body of(int status) {
        return switch (status) {
            case 404 -> Problem.notFound().body();
            case 405 -> new Problem(405, "method", "此地址不支持该方法", "this method is not served here").body();
            case 413 ->
                new Problem(413, "too-large", "请求内容超过 1 MiB", "the body is larger than 1 MiB: ask in smaller parts")
                        .body();
            default ->
                status >= 500 ? Problem.failed().body() : Problem.unreadable("").body();
        };
    }

    private static void write(Context context, Problem.Body body) {
        Problem.Body told =
                body.instance().isEmpty() ? body.of(UUID.randomUUID().toString()) : body;
        if (told.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        try {
            context.status(told.status())
                    .contentType("application/problem+json")
                    .result(Call.JSON.writeValueAsString(told).getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem can be written", e);
        }
    }

    @Override
    public void close() {
        downloads.close();
        server.stop();
        tokens.close();
    }
}
