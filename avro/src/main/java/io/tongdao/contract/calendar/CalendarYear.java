package io.tongdao.contract.calendar;

import java.time.LocalDate;
import java.util.Set;

/**
 * One year's list of the State Council (部分节假日安排). It may also name days of the December before.
 *
 * @param notice by which it was published
 * @param off days off, whatever day of the week they are
 * @param work Saturdays and Sundays that are worked (调休)
 */
public record CalendarYear(int year, String notice, Set<LocalDate> off, Set<LocalDate> work) {
    boolean names(LocalDate day) {
        return off.contains(day) || work.contains(day);
    }
}
