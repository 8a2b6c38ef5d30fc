package io.tongdao.compose;

import io.tongdao.contract.protect.Protection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Takes the sources' records of one task: keeps what is newer, and has everything composed anew that shows it. */
final class Subjects {
    private final Tables tables;
    private final Rows rows;
    private final Composer composer;
    private final Walks walks;
    private final BooleanSupplier holding;

    /** @param holding whether rows are only kept: the stage is rebuilt */
    Subjects(Tables tables, Rows rows, Composer composer, Walks walks, BooleanSupplier holding) {
        this.tables = tables;
        this.rows = rows;
        this.composer = composer;
        this.walks = walks;
        this.holding = holding;
    }

    /** What somebody decided about a protection: what it is about vanishes, or comes back, at once; who names it follows in slices. */
    void protect(Protection decided, long now) {
        Composer.Cause cause = new Composer.Cause(null, now, now);
        for (Source source : tables.sources()) {
            for (String id : decided.subjects()) {
                source.kinds().forEach(kind -> look(source, new Subject(kind, id), cause));
            }
            if (decided.of() != Protection.Of.ROW) {
                walks.walk(Walk.of(Walk.Kind.SHIELD, source.name(), "", null, cause), now);
            }
        }
        if (decided.of() == Protection.Of.LINK) {
            decided.subjects().forEach(id -> anew(id, cause));
        }
    }

    private void look(Source source, Subject subject, Composer.Cause cause) {
        walks.rows(source, subject)
                .forEach(entry ->
                        look(source, Place.parse(entry.key, source.name()), HeldRow.decode(entry.value), cause));
    }

    /** Looks at a row again, if there is one. */
    void look(Source source, Place place, Composer.Cause cause) {
        HeldRow held = rows.held(source, place);
        if (held != null) {
            look(source, place, held, cause);
        }
    }

    /** Looks at a row again: it may be hidden now, or no longer. */
    void look(Source source, Place place, HeldRow held, Composer.Cause cause) {
        HeldRow next = held.hidden(rows.hides(source, place, held));
        if (next != held) {
            change(source, place, held, next, cause);
        }
    }

    /** What a subject was before is shown, or not. */
    private void anew(String id, Composer.Cause cause) {
        for (Table table : tables.all()) {
            table.rows()
                    .kinds()
                    .forEach(kind -> walks.walk(
                            Walk.of(Walk.Kind.ROWS, table.id(), "", new Subject(kind, id), cause), cause.now()));
        }
    }

    /** A record as it comes from a topic. */
    @SuppressWarnings("ArrayRecordComponent") // a record on its way, never compared
    record Came(String topic, byte[] key, byte @Nullable [] value, Headers headers, long time) {}

    /** What a table showed of a source before a change. */
    private record Shown(Tables.Showing where, Object view) {}

    /** Postpones a subject for a row that a snapshot read; false: everything that shows it is to be composed at once. */
    interface Later {
        boolean postpone(byte[] subject, String source, long time, long now);
    }

    void take(Came came, Later later, long now) {
        Source source = tables.byTopic(came.topic());
        if (source == null) {
            return;
        }
        Place place = source.place(came.key());
        HeldRow held = rows.held(source, place);
        HeldRow row = HeldRow.of(came.headers(), came.value(), came.time(), now);
        HeldRow known = held == null ? row : held.next(row);
        if (known == null) {
            return;
        }
        HeldRow next = known.hidden(rows.hides(source, place, known));
        if (says(held, next)) {
            rows.put(source, place, next);
        } else if (!holding.getAsBoolean()
                && row.at() == null
                && next.shown() != null
                && later.postpone(text(place), source.name(), row.time(), now)) {
            rows.put(source, place, rows.record(source, place, held), next, rows.record(source, place, next));
        } else {
            change(source, place, held, next, new Composer.Cause(row.at(), row.time(), now));
        }
    }

    private static byte[] text(Place place) {
        return place.subject().text().getBytes(StandardCharsets.UTF_8);
    }

    /** Composes everything that shows a subject's rows of some sources. */
    void late(Subject subject, List<String> names, Composer.Cause cause) {
        Map<String, Walk> due = new LinkedHashMap<>();
        for (String name : names) {
            Source source = tables.source(name);
            if (source != null) {
                tables.of(source).forEach(table -> add(due, new Tables.Showing(table, null), subject, cause));
                tables.showing(source).stream()
                        .filter(where -> where.shows(subject))
                        .forEach(where -> add(due, where, subject, cause));
            }
        }
        walks.walk(due.values(), cause.now());
    }

    private static void add(Map<String, Walk> due, Tables.Showing where, Subject subject, Composer.Cause cause) {
        Walk walk = where.walk(subject, cause);
        due.putIfAbsent(walk.name(), walk);
    }

    private static boolean says(@Nullable HeldRow held, HeldRow next) {
        byte[] before = held == null ? null : held.shown();
        return java.util.Arrays.equals(before, next.shown());
    }

    private void change(Source source, Place place, @Nullable HeldRow held, HeldRow next, Composer.Cause cause) {
        GenericRecord before = rows.record(source, place, held);
        GenericRecord after = rows.record(source, place, next);
        if (holding.getAsBoolean()) {
            rows.put(source, place, before, next, after);
            return;
        }
        List<Shown> shown = shown(source, place.subject());
        rows.put(source, place, before, next, after);
        for (Table table : tables.of(source)) {
            composer.settle(table, place, after, cause);
        }
        shown.forEach(one -> follow(source, place.subject(), one, cause));
    }

    private List<Shown> shown(Source source, Subject subject) {
        List<Shown> shown = new ArrayList<>();
        for (Tables.Showing where : tables.showing(source)) {
            if (where.shows(subject)) {
                shown.add(new Shown(where, view(where, source, subject)));
            }
        }
        return shown;
    }

    private Object view(Tables.Showing where, Source source, Subject subject) {
        Link link = where.link();
        return link == null ? where.table().view(source, rows, subject) : link.answer(rows, subject);
    }

    private void follow(Source source, Subject subject, Shown shown, Composer.Cause cause) {
        if (!view(shown.where(), source, subject).equals(shown.view())) {
            walks.walk(shown.where().walk(subject, cause), cause.now());
        }
    }
}
