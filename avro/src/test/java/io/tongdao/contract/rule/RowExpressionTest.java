package io.tongdao.contract.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.rule.RowExpression.Answer;
import java.time.LocalDate;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowExpressionTest {
    private static final Map<String, ItemType> TYPES = Map.of(
            "born", new ItemType.Date(),
            "married", new ItemType.Date(),
            "children", new ItemType.Int(),
            "name", new ItemType.Text(20));
    private static final Schema SCHEMA = SchemaBuilder.record("row")
            .fields()
            .optionalInt("born")
            .optionalInt("married")
            .optionalInt("children")
            .optionalString("name")
            .endRecord();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "born < married;YES",
                "married < born;NO",
                "timestamp(married + 'T00:00:00Z') - timestamp(born + 'T00:00:00Z') > duration('175320h');YES",
                "children > 0;UNDECIDED",
                "children == null || children > 0;YES",
                "int(name) > 0;UNDECIDED",
                "size(name) == 2;YES",
            })
    void answersForARow(String condition, Answer expected) {
        // Given
        RowExpression compiled = RowExpression.compile(TYPES, condition);
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("born", (int) LocalDate.of(1990, 3, 7).toEpochDay());
        row.put("married", (int) LocalDate.of(2015, 5, 1).toEpochDay());
        row.put("name", "张三");
        // When
        Answer answer = compiled.ask(row);
        // Then
        assertThat(answer).isEqualTo(expected);
    }

    @Test
    void saysWhereAConditionIsWrong() {
        assertThatThrownBy(() -> RowExpression.compile(TYPES, "born < maried"))
                .isInstanceOf(RowExpression.Refused.class)
                .hasMessageContaining("column 8")
                .hasMessageContaining("maried");
    }
}
