package io.tongdao.ops.province;

import io.tongdao.contract.identity.SubjectKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the channel must make of one source row for one of its subjects.
 *
 * @param dataset id
 * @param subject normal form of the identifier
 * @param kind of the subject
 * @param role of the subject in the row, or empty
 * @param row the part of the key after {@code |}, or empty
 * @param asOf when the row was true, as sortable text, or empty
 * @param items canonical values by the catalogue's names
 */
record Claimed(
        String dataset,
        SubjectKind kind,
        String subject,
        String role,
        String row,
        String asOf,
        Map<String, @Nullable String> items) {
    String key() {
        return row.isEmpty() ? subject : subject + '|' + row;
    }

    @Override
    public String toString() {
        return "Claimed[" + dataset + "]";
    }
}
