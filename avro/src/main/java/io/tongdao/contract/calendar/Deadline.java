package io.tongdao.contract.calendar;

import java.time.LocalDate;

/**
 * The last day of a term counted in working days; the term ends with that day. It keeps what it was computed from, so that it can be
 * computed anew when a calendar is published: {@link WorkingDays#anew}.
 *
 * @param from the day of the event, which does not count (民法典 201)
 * @param workingDays the length of the term
 * @param date its last day, always a working day
 * @param provisional some day of it lies where the State Council's list is not out yet: the date can still move
 */
public record Deadline(LocalDate from, int workingDays, LocalDate date, boolean provisional) {}
