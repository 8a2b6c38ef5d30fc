package io.tongdao.ops.incident;

/** A step of an incident that can't be done; one line that says why and what to do. */
public final class IncidentRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public IncidentRefused(String line) {
        super(line);
    }
}
