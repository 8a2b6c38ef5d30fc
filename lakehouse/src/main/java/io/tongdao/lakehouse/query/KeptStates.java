package io.tongdao.lakehouse.query;

import io.tongdao.lakehouse.commit.DayTags;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The states of a table that are kept, and which of them it was in at a time. Pure.
 *
 * @param log every commit since the first of them, oldest first: nothing is missing in between
 * @param days the last commit of each day on which there was one before the log, as long as days are kept
 */
record KeptStates(List<State> log, NavigableMap<LocalDate, State> days) {
    /** @param millis since the epoch, when it was committed */
    record State(long snapshot, long millis) {}

    /** None if the table may have been another at that time. */
    Optional<State> at(long millis) {
        if (!log.isEmpty() && log.get(0).millis() <= millis) {
            return log.stream().filter(state -> state.millis() <= millis).reduce((before, state) -> state);
        }
        LocalDate day = DayTags.day(millis);
        State same = days.get(day);
        if (same != null) {
            return Optional.of(same).filter(state -> state.millis() <= millis);
        }
        // a day without a tag had no commit, if a later one has been logged
        boolean over = !log.isEmpty() && DayTags.day(log.get(0).millis()).isAfter(day);
        return over ? Optional.ofNullable(days.lowerEntry(day)).map(Map.Entry::getValue) : Optional.empty();
    }
}
