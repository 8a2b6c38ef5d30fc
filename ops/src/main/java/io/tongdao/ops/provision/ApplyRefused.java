package io.tongdao.ops.provision;

import java.util.List;

/** A catalogue that can't follow the one in force, or not without what it needs; the message has one line for each reason. */
public final class ApplyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<String> reasons;

    public ApplyRefused(List<String> reasons) {
        super(String.join("\n", reasons));
        this.reasons = List.copyOf(reasons);
    }

    public List<String> reasons() {
        return reasons;
    }
}
