package io.tongdao.ops.query;

import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.protect.Protection;
import io.tongdao.lakehouse.query.Hidden;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Protections in force, as former states of tables are searched for what they hide. Rather a row too many than a trace. */
public final class HiddenRows {
    private HiddenRows() {}

    public static Hidden of(Collection<Protection> protections) {
        Set<String> subjects = new HashSet<>();
        Set<String> keys = new HashSet<>();
        List<Set<String>> links = new ArrayList<>();
        for (Protection one : protections) {
            if (!one.inForce()) {
                continue;
            }
            switch (one.of()) {
                case SUBJECT -> subjects.addAll(written(one.subject()));
                case ROW -> keys.add(new SubjectKey(one.subject(), one.row()).text());
                case LINK ->
                    written(one.subject())
                            .forEach(end -> written(one.other())
                                    .forEach(other -> links.add(new TreeSet<>(Set.of(end, other)))));
            }
        }
        return new Hidden(subjects, keys, links);
    }

    /** As it stands in a key, and its number alone as it stands in a column. */
    private static Set<String> written(String subject) {
        return new TreeSet<>(List.of(subject, subject.substring(subject.lastIndexOf(':') + 1)));
    }
}
