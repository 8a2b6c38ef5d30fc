package io.tongdao.contract.grant;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The assessment of one grant of important data. What is missing is empty or null.
 *
 * @param until it holds up to the beginning of this day, as a grant does
 */
public record GrantAssessment(
        String document,
        String result,
        @Nullable LocalDate on,
        @Nullable LocalDate until) {
    /** The only result under which important data is shared. */
    public static final String ACCEPTABLE = "acceptable";
}
