package io.tongdao.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.grant.GrantTable;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFilterTest {
    private final GrantTable table = GrantTable.of(SmallProvince.plan(), SmallProvince.POPULATION);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';true",
                "enrol_status == '1';true",
                "enrol_status == '2';false",
                "enrol_status in ['1', '3'];true",
                "birth_date < '1991-01-01';true",
                "birth_date < '1990-01-01';false",
                "contribution_base >= 5000.0;true",
                "full_name == null;true",
                "full_name != null;false",
                "full_name == '张三';false",
                "full_name.startsWith('张');false",
                "hukou_division.startsWith('5301') && enrol_status != '9';true",
            })
    void decidesRow(String filter, boolean matches) {
        // Given
        RowFilter compiled = RowFilter.compile(table, filter);
        // When
        boolean decided = compiled.matches(row());
        // Then
        assertThat(decided).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enrol_status",
                "nonsense == '1'",
                "birth_date > timestamp('2020-01-01T00:00:00Z')",
                "now() > 1",
                "=="
            })
    void refusesWhatIsNoFilterOnTheTable(String filter) {
        assertThatThrownBy(() -> RowFilter.compile(table, filter)).isInstanceOf(RowFilter.Refused.class);
    }

    @Test
    void namesTheItemsThatItReads() {
        // When
        RowFilter filter = RowFilter.compile(table, "enrol_status == '1' && hukou_division.startsWith('5301')");
        // Then
        assertThat(filter.items()).containsExactly("enrol_status", "hukou_division");
    }

    private GenericRecord row() {
        GenericRecord row = new GenericData.Record(table.topic().schema());
        row.put("enrol_status", "1");
        row.put("hukou_division", "530102");
        row.put("birth_date", (int) LocalDate.of(1990, 3, 7).toEpochDay());
        row.put("contribution_base", new BigDecimal("5230.50"));
        return row;
    }
}
