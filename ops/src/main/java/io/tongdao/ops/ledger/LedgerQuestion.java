package io.tongdao.ops.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know of the release ledger.
 *
 * @param subject an identifier as people write it, never for a log; null: how much was released, of nobody in particular
 * @param who the identity: {@code subject}, an agency's id, {@code authority}, {@code authority@<division>}
 * @param by the person who acts
 * @param caseNumber empty: none
 */
public record LedgerQuestion(@Nullable String subject, String who, String by, String reason, String caseNumber) {
    @Override
    public String toString() {
        return "LedgerQuestion[" + who + " ***]";
    }
}
