package io.tongdao.lakehouse.query;

import io.tongdao.lakehouse.commit.DayTags;
import io.tongdao.lakehouse.query.KeptStates.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Which state of a table a moment means: a day (its end), a time (both of Asia/Shanghai unless it says otherwise), a tag, or a snapshot's number.
 * Only what the table is known to have been then is answered: every commit of the last minutes, and the end of each day that has a tag.
 */
final class Moments {
    private static final int NAMED = 5;
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(DayTags.ZONE);

    private final String name;
    private final Table table;
    private final Instant now;

    Moments(String name, Table table, Instant now) {
        this.name = name;
        this.table = table;
        this.now = now;
    }

    /** @throws QueryRefused if it is not known how the table stood then, with what is */
    Snapshot at(String moment) {
        if (moment.matches("\\d{5,19}")) {
            return numbered(moment);
        }
        Optional<LocalDate> day = parsed(moment, LocalDate::parse);
        if (day.isPresent()) {
            return endOf(day.get());
        }
        Optional<Instant> time = parsed(
                        moment.replace(' ', 'T'),
                        text -> OffsetDateTime.parse(text).toInstant())
                .or(() -> parsed(
                        moment.replace(' ', 'T'),
                        text -> LocalDateTime.parse(text).atZone(DayTags.ZONE).toInstant()));
        if (time.isPresent()) {
            return at(moment, time.get());
        }
        return Optional.ofNullable(table.refs().get(moment))
                .filter(ref -> ref.isTag())
                .map(ref -> table.snapshot(ref.snapshotId()))
                .orElseThrow(() -> unknown(moment));
    }

    private interface Parsing<T> {
        T parse(String text);
    }

    private static <T> Optional<T> parsed(String text, Parsing<T> parsing) {
        try {
            return Optional.of(parsing.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty(); // it is something else, then
        }
    }

    private Snapshot numbered(String moment) {
        KeptStates kept = kept();
        return Stream.concat(kept.log().stream(), kept.days().values().stream())
                .filter(state -> Long.toString(state.snapshot()).equals(moment))
                .findFirst()
                .map(state -> table.snapshot(state.snapshot()))
                .orElseThrow(() -> unknown(moment));
    }

    /** States that the table has had, not those of a branch that fills. */
    private KeptStates kept() {
        List<State> log = table.history().stream()
                .map(entry -> new State(entry.snapshotId(), entry.timestampMillis()))
                .toList();
        NavigableMap<LocalDate, State> days = new TreeMap<>();
        table.refs()
                .forEach((ref, at) -> parsed(ref, LocalDate::parse)
                        .filter(day -> at.isTag())
                        .ifPresent(day -> days.put(
                                day,
                                new State(
                                        at.snapshotId(),
                                        table.snapshot(at.snapshotId()).timestampMillis()))));
        return new KeptStates(log, days);
    }

    private Snapshot endOf(LocalDate day) {
        if (day.isAfter(DayTags.day(now.toEpochMilli()))) {
            throw new QueryRefused(day + " has not come yet");
        }
        return at(
                day.toString(),
                day.plusDays(1).atStartOfDay(DayTags.ZONE).toInstant().minusMillis(1));
    }

    private Snapshot at(String moment, Instant time) {
        return kept().at(time.toEpochMilli())
                .map(state -> table.snapshot(state.snapshot()))
                .orElseThrow(() -> unknown(moment));
    }

    private QueryRefused unknown(String moment) {
        KeptStates kept = kept();
        List<String> days =
                kept.days().descendingKeySet().stream().map(LocalDate::toString).toList();
        String more = days.size() > NAMED ? " and %d days before".formatted(days.size() - NAMED) : "";
        String ends = days.isEmpty()
                ? "no day's end yet"
                : "the ends of " + String.join(", ", days.subList(0, Math.min(NAMED, days.size()))) + more;
        String since = kept.log().isEmpty()
                ? ""
                : " and every state since "
                        + LOCAL.format(Instant.ofEpochMilli(kept.log().get(0).millis()));
        return new QueryRefused("how %s stood at %s is not kept; kept are %s%s".formatted(name, moment, ends, since));
    }
}
