package io.tongdao.contract.incident;

import io.tongdao.contract.serde.JsonFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An emergency (突发事件, art. 27) for whose sake data is collected and released, and at whose end it is assessed, then sealed or destroyed. The
 * value of {@code ctl.incident}, keyed by id.
 *
 * @param id {@code [a-z0-9]+(-[a-z0-9]+)*}
 * @param name what officials call it
 * @param division whose authority leads the response
 * @param basis the law or plan that it was declared by
 * @param until when it ends at the latest: nothing flows for it from then on
 * @param handed to whom its key was given; what became of these copies nobody here can prove
 * @param steps its life so far, the present state last
 */
public record Incident(
        String id,
        String name,
        String division,
        String basis,
        Instant until,
        List<Handed> handed,
        List<IncidentStep> steps) {
    /** The form of an id. */
    public static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    public static final JsonFormat<Incident> FORMAT = new JsonFormat<>(Incident.class);

    public Incident {
        handed = List.copyOf(handed);
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("incident " + id + " has no life");
        }
    }

    /** The life of an incident; which follows which is {@link IncidentLife}'s. */
    public enum State {
        OPEN,
        /** 关停: its interfaces are shut. */
        CLOSED,
        /** 评估: what is to become of its data is decided on findings. */
        ASSESSED,
        /** 封存: kept, and read by nobody. */
        SEALED,
        /** 销毁 is ordered and under way: there is no way back. */
        DESTROYING,
        DESTROYED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A copy of the key that left the exchange. */
    public record Handed(String agency, String by, Instant at) {}

    public IncidentStep last() {
        return steps.getLast();
    }

    public State state() {
        return last().state();
    }

    /** Whether something may flow for it at a time. */
    public boolean open(Instant now) {
        return state() == State.OPEN && now.isBefore(until);
    }

    Incident moved(IncidentStep step) {
        List<IncidentStep> life = new ArrayList<>(steps);
        life.add(step);
        return new Incident(id, name, division, basis, until, handed, life);
    }

    /** The same after its key was given away once more. */
    public Incident handedTo(Handed copy) {
        List<Handed> all = new ArrayList<>(handed);
        all.add(copy);
        return new Incident(id, name, division, basis, until, all, steps);
    }
}
