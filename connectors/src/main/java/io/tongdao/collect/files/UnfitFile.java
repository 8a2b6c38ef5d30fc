package io.tongdao.collect.files;

import java.util.List;

/** A dropped file can't be taken, and its agency has to drop it anew. Nothing of it was taken. */
public final class UnfitFile extends Exception {
    private static final long serialVersionUID = 1;
    private final transient List<String> problems;

    /** @param problems all of them, a line each for the agency: with columns and line numbers, without a value */
    public UnfitFile(List<String> problems) {
        super(problems.size() + " problems");
        this.problems = List.copyOf(problems);
    }

    public UnfitFile(String problem) {
        this(List.of(problem));
    }

    public List<String> problems() {
        return problems;
    }
}
