package io.tongdao.lakehouse.query;

import io.tongdao.lakehouse.commit.DayTags;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Which state of a table a moment means: a day (its end), a time (both of Asia/Shanghai unless it says otherwise), a tag, or a snapshot's number.
 * Only what the table is known to have been then is answered: every commit of the last minutes, and the end of each day that has a tag.
 */
final class Moments {
    private static final int NAMED = 5;

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
        return parsedLong(moment)
                .filter(id -> known().containsKey(id))
                .map(id -> known().get(id))
                .orElseThrow(() -> unknown(moment));
    }

    private static Optional<Long> parsedLong(String digits) {
        return digits.length() < 19 || digits.compareTo(Long.toString(Long.MAX_VALUE)) <= 0
                ? Optional.of(Long.valueOf(digits))
                : Optional.empty();
    }

    /** States that the table has had, not those of a branch that fills. */
    private Map<Long, Snapshot> known() {
        Map<Long, Snapshot> known = new HashMap<>();
        table.history().forEach(entry -> known.put(entry.snapshotId(), table.snapshot(entry.snapshotId())));
        days().values().forEach(snapshot -> known.put(snapshot.snapshotId(), snapshot));
        return known;
    }

    private TreeMap<LocalDate, Snapshot> days() {
        TreeMap<LocalDate, Snapshot> days = new TreeMap<>();
        table.refs()
                .forEach((ref, at) -> parsed(ref, LocalDate::parse)
                        .filter(day -> at.isTag())
                        .ifPresent(day -> days.put(day, table.snapshot(at.snapshotId()))));
        return days;
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
        List<HistoryEntry> log = table.history();
        long millis = time.toEpochMilli();
        if (!log.isEmpty() && log.get(0).timestampMillis() <= millis) {
            HistoryEntry last = log.get(0);
            for (HistoryEntry entry : log) {
                last = entry.timestampMillis() <= millis ? entry : last;
            }
            return table.snapshot(last.snapshotId());
        }
        return tagged(millis, log).orElseThrow(() -> unknown(moment));
    }

    /** The newest day's end before; none if the table may have changed between it and the moment. */
    private Optional<Snapshot> tagged(long millis, List<HistoryEntry> log) {
        LocalDate day = DayTags.day(millis);
        Snapshot same = days().get(day);
        if (same != null) {
            return same.timestampMillis() <= millis ? Optional.of(same) : Optional.empty();
        }
        boolean quiet =
                !log.isEmpty() && DayTags.day(log.get(0).timestampMillis()).isAfter(day);
        return quiet ? Optional.ofNullable(days().lowerEntry(day)).map(Map.Entry::getValue) : Optional.empty();
    }

    private QueryRefused unknown(String moment) {
        TreeMap<LocalDate, Snapshot> days = days();
        String ends = days.isEmpty()
                ? "no day's end yet"
                : "the ends of "
                        + String.join(
                                ", ",
                                days.descendingKeySet().stream()
                                        .limit(NAMED)
                                        .map(LocalDate::toString)
                                        .toList())
                        + (days.size() > NAMED ? " and %d days before".formatted(days.size() - NAMED) : "");
        String since = table.history().isEmpty()
                ? ""
                : " and every state since "
                        + Instant.ofEpochMilli(table.history().get(0).timestampMillis())
                                .atZone(DayTags.ZONE)
                                .toLocalDateTime()
                                .withNano(0)
                                .toString()
                                .replace('T', ' ');
        return new QueryRefused("how %s stood at %s is not kept; kept are %s%s".formatted(name, moment, ends, since));
    }
}
