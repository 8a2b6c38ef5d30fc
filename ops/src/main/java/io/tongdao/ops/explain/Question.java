package io.tongdao.ops.explain;

/**
 * What somebody wants explained.
 *
 * @param subject an identifier as people write it: never for a log
 * @param who the identity: an agency's id, {@code authority}, {@code authority@<division>}
 * @param by the person who acts
 * @param caseNumber empty: none
 */
public record Question(String subject, String who, String by, String reason, String caseNumber) {
    @Override
    public String toString() {
        return "Question[" + who + " ***]";
    }
}
