package io.tongdao.ops.api;

import java.util.List;

/**
 * Why a request is not done, as RFC 9457 tells it: Chinese first, then English. Nothing of another exception's text goes in, but of those that are
 * written for the one who asks.
 */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Body body;

    /**
     * @param type names the problem, relative to the API
     * @param title in Chinese
     * @param detail in English
     * @param errors one line for each reason
     */
    record Body(String type, String title, int status, String detail, String instance, List<String> errors) {
        Body of(String request) {
            return new Body(type, title, status, detail, "/requests/" + request, errors);
        }
    }

    Problem(int status, String code, String title, String detail, List<String> errors) {
        super(code);
        this.body = new Body("/problems/" + code, title, status, detail, "", List.copyOf(errors));
    }

    Problem(int status, String code, String title, String detail) {
        this(status, code, title, detail, List.of());
    }

    Body body() {
        return body;
    }

    static Problem unauthenticated() {
        return new Problem(
                401, "unauthenticated", "未提供有效令牌", "send Authorization: Bearer TOKEN with a token that is in force");
    }

    static Problem forbidden() {
        return new Problem(403, "forbidden", "当前身份无权进行此操作", "the role of this token may not do this");
    }

    static Problem notFound() {
        return new Problem(
                404, "not-found", "没有此项，或当前身份不可见", "there is no such thing, or this identity may not see it");
    }

    static Problem unreadable(String where) {
        return new Problem(400, "unreadable", "请求内容无法读取" + where, "the body is not what the description says");
    }

    static Problem unavailable() {
        return new Problem(503, "unavailable", "服务暂不可用，请稍后再试", "try again later");
    }

    static Problem failed() {
        return new Problem(500, "failed", "处理失败", "the log says why, under this request's id");
    }
}
