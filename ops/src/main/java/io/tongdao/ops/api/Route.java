package io.tongdao.ops.api;

import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked: what is served, who may ask it and how it is described are the same entry, so none can drift from the others.
 *
 * @param method GET or POST
 * @param path with {@code {name}} for what varies
 * @param summary Chinese first, then English
 * @param takes a record read from JSON, {@link String} for YAML, null: no body
 * @param gives a record, written as JSON; {@link Download}: bytes
 * @param query names of query parameters
 */
public record Route(
        String method,
        String path,
        Act act,
        String summary,
        @Nullable Class<?> takes,
        Class<?> gives,
        java.util.List<String> query,
        Endpoint endpoint) {

    /** Answers a request. */
    @FunctionalInterface
    public interface Endpoint {
        Object answer(Call call);
    }

    static Route get(
            String path, Act act, String summary, Class<?> gives, java.util.List<String> query, Endpoint answer) {
        return new Route("GET", path, act, summary, null, gives, query, answer);
    }

    static Route post(String path, Act act, String summary, Class<?> takes, Class<?> gives, Endpoint answer) {
        return new Route("POST", path, act, summary, takes, gives, java.util.List.of(), answer);
    }
}
