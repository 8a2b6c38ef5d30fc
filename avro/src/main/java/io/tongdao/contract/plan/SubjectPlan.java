package io.tongdao.contract.plan;

import io.tongdao.contract.identity.SubjectKind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One subject of a dataset's row. A marriage has two, so its row yields a record for each; the applicant of a case is a person or an
 * organisation, so its row yields a record for the one that its type says.
 *
 * @param role the subject's role in the row, empty where the row has one subject; else the value of the item {@link #ROLE_ITEM}
 *     and the first component of the record's row key
 * @param item the item that holds the identifier
 * @param claims what this row says of this subject, where it goes by another name: base item → dataset item, for example
 *     {@code full_name → husband_name}; an item not listed here goes by its own name, unless another role lists it
 * @param code which code the identifiers of a place or another thing are of ({@code other:<code>:<id>}); empty for persons and
 *     organisations, whose documents say it themselves
 * @param when which rows have this subject
 * @param formerly items with identifiers that the subject had before: the issuing agency's word that both are one subject
 * @param sealed rows of which that word is never followed (adoption, protection); {@link When#ALWAYS}: of none
 */
public record SubjectPlan(
        String role,
        SubjectKind kind,
        String item,
        Map<String, String> claims,
        String code,
        When when,
        List<String> formerly,
        When sealed) {
    /** A subject whose identifier was always the same. */
    public SubjectPlan(String role, SubjectKind kind, String item, Map<String, String> claims, String code, When when) {
        this(role, kind, item, claims, code, when, List.of(), When.ALWAYS);
    }

    /** A subject that every row has. */
    public SubjectPlan(String role, SubjectKind kind, String item, Map<String, String> claims, String code) {
        this(role, kind, item, claims, code, When.ALWAYS);
    }

    /**
     * A condition on a code of the row: which subject an identifier means is told by its type.
     *
     * @param item the item with the type, empty: every row has the subject
     * @param values of that item with which the row has the subject
     */
    public record When(String item, Set<String> values) {
        public static final When ALWAYS = new When("", Set.of());

        public boolean always() {
            return item.isEmpty();
        }

        /** Whether a row has the subject; a row whose type is not known has none that asks for one. */
        public boolean holds(@Nullable Object value) {
            return always() || (value != null && values.contains(value.toString()));
        }
    }

    /** The produced item of a dataset whose rows have several subjects: which of them the record is keyed by. */
    public static final String ROLE_ITEM = "subject_role";

    /** Of a person or an organisation. */
    public SubjectPlan(String role, SubjectKind kind, String item, Map<String, String> claims) {
        this(role, kind, item, claims, "");
    }
}
