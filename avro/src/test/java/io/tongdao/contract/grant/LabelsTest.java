package io.tongdao.contract.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.catalogue.GrantFile;
import io.tongdao.contract.catalogue.SampleProvince;
import io.tongdao.contract.plan.Plan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static final Plan PLAN = SampleProvince.plan();
    private static final Grant SHARE = GrantFile.read(
            Path.of("src/test/resources/catalogue/four-agencies/grants/yb-enrolment.yaml"), "test", Instant.EPOCH);
    private static final Schema LABELLED =
            GrantPlan.compile(PLAN, SHARE).topic().schema();

    @Test
    void aReleasedTableSaysWhatIsMaskedHowAndItsLevelAfterThat() {
        // When
        Map<String, Object> said = LABELLED.getObjectProps();
        // Then
        assertThat(said.get(Labels.MASK))
                .isEqualTo(Map.of("birth_date", "year", "full_name", "surname", "mobile", "phone3_4"));
        assertThat(said.get(Labels.LEVEL)).isEqualTo(3);
        assertThat(LABELLED.getField("full_name").getObjectProps())
                .isEqualTo(Map.of(Labels.MASK, "surname", Labels.LEVEL, 2));
        assertThat(LABELLED.getField(GrantPlan.WITHHELD).getObjectProps()).isEmpty();
    }

    @Test
    void aTableIsAsHighAsTheHighestOfItsItemsUnderTheirMasks() {
        // When
        int highest = LABELLED.getFields().stream()
                .map(field -> field.getObjectProp(Labels.LEVEL))
                .mapToInt(level -> level == null ? 1 : (Integer) level)
                .max()
                .orElseThrow();
        // Then
        assertThat(LABELLED.getObjectProp(Labels.LEVEL)).isEqualTo(highest);
    }

    @Test
    void labelsChangeNothingForWhoDoesNotKnowThem() {
        // Given
        Schema bare = new Schema.Parser()
                .parse(LABELLED.toString()
                        .replaceAll("\"tongdao\\.mask\":(\\{[^}]*}|\"[a-z0-9_]*\")", "\"a\":1")
                        .replaceAll(",\"(a|tongdao\\.level)\":[0-9]", ""));
        // When
        var reading = SchemaCompatibility.checkReaderWriterCompatibility(LABELLED, bare);
        // Then
        assertThat(bare.toString()).doesNotContain("tongdao.mask", "tongdao.level");
        assertThat(reading.getType()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(bare, LABELLED)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(SchemaNormalization.parsingFingerprint64(LABELLED))
                .isEqualTo(SchemaNormalization.parsingFingerprint64(bare));
    }
}
