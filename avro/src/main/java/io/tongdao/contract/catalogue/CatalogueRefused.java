package io.tongdao.contract.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** A catalogue that can't be loaded; the message has one line for each problem. */
public final class CatalogueRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public CatalogueRefused(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
