package io.tongdao.contract.grant;

import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * That an item may be released under a mask looser than the catalogue's.
 *
 * @param by the agencies that consent: the item's providers
 * @param document where that is written, empty while it is missing
 * @param on its date, null while it is missing
 */
public record MaskConsent(
        Set<String> by, String document, @Nullable LocalDate on) {
    public MaskConsent {
        by = new TreeSet<>(by);
    }

    boolean complete() {
        return !by.isEmpty() && !document.isBlank() && on != null;
    }
}
