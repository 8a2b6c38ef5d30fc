package io.tongdao.contract.protect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.protect.Protection.Ground;
import io.tongdao.contract.protect.Protection.Of;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class ShieldTest {
    private static final String MOTHER = "530102199003071238";
    private static final String CHILD = "530102201003071238";
    private static final String FATHER = "passport:FRA:12AB34567";

    @Test
    void aSubjectsRowsAndTheRowsThatNameItAreHidden() {
        // Given
        Shield shield = new Shield(List.of(protection(Of.SUBJECT, MOTHER, "", "", "")));
        // Then
        assertThat(shield.hides("a.b", MOTHER, "", Set.of())).isTrue();
        assertThat(shield.hides("a.b", CHILD, "1", Set.of(FATHER, MOTHER))).isTrue();
        assertThat(shield.hides("a.b", CHILD, "1", Set.of(FATHER))).isFalse();
    }

    @Test
    void aRowIsHiddenInItsDatasetAlone() {
        // Given
        Shield shield = new Shield(List.of(protection(Of.ROW, CHILD, "", "a.b", "r:1")));
        // Then
        assertThat(shield.hides("a.b", CHILD, "r:1", Set.of())).isTrue();
        assertThat(shield.hides("a.b", CHILD, "r:2", Set.of())).isFalse();
        assertThat(shield.hides("a.c", CHILD, "r:1", Set.of())).isFalse();
    }

    @Test
    void aLinkHidesTheRowsThatTellOfBothAndNoOthers() {
        // Given
        Shield shield = new Shield(List.of(protection(Of.LINK, CHILD, MOTHER, "", "")));
        // Then
        assertThat(shield.hides("a.b", CHILD, "", Set.of(MOTHER))).isTrue();
        assertThat(shield.hides("a.b", MOTHER, "", Set.of(CHILD))).isTrue();
        assertThat(shield.hides("a.b", "other:x:1", "", Set.of(CHILD, MOTHER))).isTrue();
        assertThat(shield.hides("a.b", CHILD, "", Set.of(FATHER))).isFalse();
        assertThat(shield.hides("a.b", MOTHER, "", Set.of())).isFalse();
    }

    @Test
    void whatIsLiftedHidesNothing() {
        // Given
        Protection lifted = protection(Of.SUBJECT, MOTHER, "", "", "").lift("authority", "解除", Instant.EPOCH);
        // Then
        assertThat(new Shield(List.of(lifted)).empty()).isTrue();
    }

    @Test
    void theSameLinkIsOneWhicheverEndIsSaidFirst() {
        assertThat(protection(Of.LINK, CHILD, MOTHER, "", "").key())
                .isEqualTo(protection(Of.LINK, MOTHER, CHILD, "", "").key());
    }

    /** However the number was written and whatever else the row says of it. */
    @Test
    void aRowNamesWhomItsIdentifyingItemsName() {
        // Given
        Map<String, ItemType> types = new LinkedHashMap<>();
        types.put("child_id", new ItemType.CitizenIdType());
        types.put("before", new ItemType.CitizenIdType());
        types.put("mother_id", new ItemType.CitizenIdType());
        types.put("father_id", new ItemType.DocumentType(20, byCode()));
        types.put("father_type", new ItemType.Code("GA/T 517"));
        types.put("note", new ItemType.Text(40));
        Schema schema = schema(types);
        NamedSubjects named = new NamedSubjects(types, Set.of("before"), schema);
        GenericRecord row = new GenericData.Record(schema);
        row.put("child_id", CHILD);
        row.put("before", FORMER);
        row.put("mother_id", "530102900307123");
        row.put("father_type", "not in the table");
        row.put("father_id", "530102199203071224");
        row.put("note", MOTHER);
        // When
        Set<String> names = named.in(row);
        named.blank(row, CHILD, (a, b) -> false);
        Object kept = row.get("before");
        named.blank(row, CHILD, (a, b) -> a.equals(CHILD) && b.equals(FORMER));
        // Then
        assertThat(names).containsExactlyInAnyOrder(CHILD, MOTHER, "530102199203071224");
        assertThat(kept).isEqualTo(FORMER);
        assertThat(row.get("before")).isNull();
        assertThat(NamedSubjects.items(types))
                .containsExactly("child_id", "before", "mother_id", "father_id", "father_type");
    }

    private static final String FORMER = "530102201003077218";

    private static Document byCode() {
        return new Document(null, "father_type", "", Map.of("414", DocumentKind.PASSPORT));
    }

    private static Schema schema(Map<String, ItemType> types) {
        var fields = SchemaBuilder.record("Row").fields();
        types.keySet().forEach(fields::optionalString);
        return fields.endRecord();
    }

    private static Protection protection(Of of, String subject, String other, String dataset, String row) {
        return new Protection(
                of, subject, other, dataset, row, Ground.ADOPTION, "民法典 1110", "authority", "收养", Instant.EPOCH, null);
    }
}
