package io.tongdao.ops.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** One request, after it is known who asks and that the role may. */
final class Call {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Context context;
    private final Identity who;

    Call(Context context, Identity who) {
        this.context = context;
        this.who = who;
    }

    Identity who() {
        return who;
    }

    String path(String name) {
        return context.pathParam(name);
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isBlank());
    }

    /** From when on a record is asked for. */
    Instant since(Instant leftOut) {
        try {
            return query("since").map(Instant::parse).orElse(leftOut);
        } catch (DateTimeException e) {
            throw new Problem(
                    400, "since", "since 须为时刻，如 2026-11-30T00:00:00Z", "since is an instant, 2026-11-30T00:00:00Z");
        }
    }

    /** The body as it came. */
    String text() {
        return context.body();
    }

    /** @throws Problem that says where the body can't be read, and not what stands there */
    <T> T body(Class<T> type) {
        try {
            T body = JSON.readValue(context.body(), type);
            if (body == null) {
                throw Problem.unreadable("");
            }
            return body;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw Problem.unreadable(
                    at == null || at.getLineNr() < 1
                            ? ""
                            : "（第 %d 行第 %d 列附近）".formatted(at.getLineNr(), at.getColumnNr()));
        }
    }

    /** Answers with another status than 200. */
    void status(int status) {
        context.status(status);
    }
}
