package io.tongdao.contract.protect;

import io.tongdao.contract.identity.SubjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All protections in force, as a question about a row. Pure.
 *
 * <ul>
 *   <li>A row about a protected subject, or that names one, is hidden: whoever else it is about.
 *   <li>A protected row is hidden.
 *   <li>A row about one end of a protected link that names the other is hidden, and so is one that names both. What only says that one
 *       identifier was the other before is not followed, and is blank.
 * </ul>
 */
public final class Shield {
    /** Nothing is protected. */
    public static final Shield NONE = new Shield(Set.of());

    private final Set<String> subjects = new HashSet<>();
    private final Map<String, Set<String>> rows = new HashMap<>();
    private final Map<String, Set<String>> links = new HashMap<>();

    public Shield(Collection<Protection> protections) {
        for (Protection one : protections) {
            if (!one.inForce()) {
                continue;
            }
            switch (one.of()) {
                case SUBJECT -> subjects.add(one.subject());
                case ROW ->
                    rows.computeIfAbsent(one.dataset(), dataset -> new HashSet<>())
                            .add(new SubjectKey(one.subject(), one.row()).text());
                case LINK -> {
                    links.computeIfAbsent(one.subject(), end -> new HashSet<>()).add(one.other());
                    links.computeIfAbsent(one.other(), end -> new HashSet<>()).add(one.subject());
                }
            }
        }
    }

    public boolean empty() {
        return subjects.isEmpty() && rows.isEmpty() && links.isEmpty();
    }

    public boolean hidesSubject(String subject) {
        return subjects.contains(subject);
    }

    /** Whether nobody may know that two identifiers have to do with each other. */
    public boolean hidesLink(String one, String other) {
        return links.getOrDefault(one, Set.of()).contains(other);
    }

    /**
     * Whether a row leaves no trace.
     *
     * @param table {@code agency.dataset}, or a table made of several
     * @param row the row part of the record's key
     * @param named the subjects that the row names otherwise than as the former of its own
     */
    public boolean hides(String table, String subject, String row, Set<String> named) {
        if (empty()) {
            return false;
        }
        if (subjects.contains(subject) || named.stream().anyMatch(subjects::contains)) {
            return true;
        }
        Set<String> keys = rows.get(table);
        if (keys != null && keys.contains(new SubjectKey(subject, row).text())) {
            return true;
        }
        return !links.isEmpty() && named.stream().anyMatch(one -> hidesLink(subject, one) || anyLinked(one, named));
    }

    private boolean anyLinked(String one, Set<String> named) {
        Set<String> others = links.get(one);
        return others != null && named.stream().anyMatch(others::contains);
    }

    @Override
    public String toString() {
        return "Shield[***]";
    }
}
