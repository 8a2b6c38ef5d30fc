package io.tongdao.ops.provision;

import java.util.List;

/** A step of a grant that is not allowed; the message has one line for each reason. */
public final class GrantRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> problems;

    GrantRefused(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    GrantRefused(String problem) {
        this(List.of(problem));
    }

    public List<String> problems() {
        return problems;
    }
}
