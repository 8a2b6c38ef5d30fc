package io.tongdao.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.collect.SchemaFlag.Change;
import io.tongdao.collect.SchemaFlag.Kind;
import io.tongdao.collect.TableShape.Column;
import io.tongdao.contract.plan.ItemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes of a table flow on, and which hold its rows. The catalogue relies on columns CID and NAME. */
class ShapeWatchTest {
    private static final Column CID = new Column("VARCHAR", 18, 0);
    private static final Column NAME = new Column("VARCHAR", 50, 0);

    private final ShapeWatch watch = new ShapeWatch(
            Datasets.of(
                    Map.of("cid", new ItemType.CitizenIdType(), "name", new ItemType.Text(50)),
                    List.of(Datasets.person("", "cid")),
                    List.of()),
            null);

    private static TableShape shape(Object... namesAndColumns) {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("cid", CID);
        for (int i = 0; i < namesAndColumns.length; i += 2) {
            columns.put((String) namesAndColumns[i], (Column) namesAndColumns[i + 1]);
        }
        return new TableShape(columns, List.of("cid"));
    }

    @Test
    void theFirstShapeIsToldAndHoldsNothing() {
        // When
        boolean news = watch.see(shape("name", NAME));

        // Then
        assertThat(news).isTrue();
        assertThat(watch.changes()).isEmpty();
    }

    @Test
    void anUnknownColumnComesAndGoesWhileRowsFlow() {
        // Given
        watch.see(shape("name", NAME));

        // When
        boolean came = watch.see(shape("name", NAME, "extra", new Column("INT4", 0, 0)));
        boolean again = watch.see(shape("name", NAME, "extra", new Column("INT4", 0, 0)));
        boolean went = watch.see(shape("name", NAME));

        // Then
        assertThat(List.of(came, again, went)).containsExactly(true, false, true);
        assertThat(watch.holding()).isNull();
        assertThat(watch.changes()).containsExactly(new Change("extra", "", Kind.DROPPED, "", true));
    }

    @Test
    void aRenamedColumnOfTheCatalogueHoldsEvenIfItComesBack() {
        // Given
        watch.see(shape("name", NAME));

        // When
        watch.see(shape("full_name", NAME));
        Change held = watch.holding();
        watch.see(shape("name", NAME));

        // Then
        assertThat(held).isEqualTo(new Change("name", "name", Kind.RENAMED, "full_name", false));
        assertThat(watch.holding()).isEqualTo(held);
        assertThat(watch.accepted()).isEqualTo(shape("name", NAME));
    }

    @Test
    void aTableWithoutWhatTheCatalogueReliesOnHoldsFromTheFirstRow() {
        // When
        watch.see(shape("full_name", NAME));

        // Then
        assertThat(watch.holding()).isEqualTo(new Change("NAME", "name", Kind.DROPPED, "", false));
    }

    @Test
    void anotherKeyHolds() {
        // Given
        watch.see(shape("name", NAME));

        // When
        watch.see(new TableShape(shape("name", NAME).columns(), List.of("cid", "name")));

        // Then
        assertThat(watch.holding()).isEqualTo(new Change("", "", Kind.KEY_CHANGED, "cid, name", false));
    }

    @ParameterizedTest
    @CsvSource({
        "VARCHAR,50,0, VARCHAR,80,0, WIDENED",
        "VARCHAR,50,0, VARCHAR,20,0, NARROWED",
        "VARCHAR,50,0, TEXT,0,0, WIDENED",
        "TEXT,0,0, VARCHAR,50,0, NARROWED",
        "CHAR,18,0, VARCHAR,18,0, SAME",
        "INT4,0,0, INT8,0,0, WIDENED",
        "BIGINT,0,0, INT,0,0, NARROWED",
        "INT4,0,0, INT4,0,0, SAME",
        "NUMERIC,12,2, NUMERIC,14,2, WIDENED",
        "NUMERIC,12,2, NUMERIC,12,4, NARROWED",
        "NUMERIC,12,2, NUMERIC,0,0, WIDENED",
        "INT4,0,0, VARCHAR,20,0, RETYPED",
        "DATE,0,0, TIMESTAMP,0,0, RETYPED"
    })
    void typesMove(String was, long length, int scale, String is, long nowLength, int nowScale, Column.Move move) {
        // When
        Column.Move found = new Column(was, length, scale).to(new Column(is, nowLength, nowScale));

        // Then
        assertThat(found).isEqualTo(move);
    }
}
