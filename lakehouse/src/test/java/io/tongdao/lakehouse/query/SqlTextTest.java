package io.tongdao.lakehouse.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {
    @Test
    void semicolonsInTextsNamesAndCommentsEndNothing() {
        assertThat(SqlText.statements("select ';', \"a;b\" -- ;\n, $$;$$ /* ; */ ; select 2"))
                .containsExactly("select ';', \"a;b\" -- ;\n, $$;$$ /* ; */ ", " select 2");
        assertThat(SqlText.statements("select 'it''s;")).containsExactly("select 'it''s;");
    }

    @Test
    void onlySpacesAndCommentsAreBlank() {
        assertThat(SqlText.isBlank(" -- select 1\n/* x */ ")).isTrue();
        assertThat(SqlText.isBlank("select 1")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select a from b where c = '530102199003071238' and d > 42 | select a from b where c = ? and d > ?
            select "a 1" from b2 where c in (e'x\\'y', $$z$$)         | select ? from b2 where c in (?, ?)
            select 1 -- of 530102199003071238                         | select ?
            select a.b.c as of '2026-11-30'                           | select a.b.c as of ?
            select 'open                                              | select ?
            """)
    void valuesAreLeftOut(String sql, String without) {
        assertThat(SqlText.withoutValues(sql)).isEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select p.a from base.population as of '2026-11-30' p where b = 1 | select p.a from "2026-11-30".base.population p where b = 1
            from base . "population" AS OF 123456 join x.y on true;          | from "123456".base . "population" join x.y on true
            select 'base.x as of ''y''', a as of from b.c                     | select 'base.x as of ''y''', a as of from b.c
            explain select 1 from a.b as of 'e1'                              | select 1 from "e1".a.b
            """)
    void momentsBecomeDatabases(String sql, String duck) {
        assertThat(Asked.of(sql).sql().strip().replaceAll("  +", " ")).isEqualTo(duck);
    }

    @Test
    void aPlaceIsThatOfTheTextThatWasWritten() {
        // Given
        String text = "select 1\nfrom base.人口 as of '2026-11-30' p\nwhere wrong";

        // When
        Asked asked = Asked.of(text);

        // Then
        int byteOffset = asked.sql()
                .substring(0, asked.sql().indexOf("wrong"))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)
                .length;
        assertThat(asked.place(Integer.toString(byteOffset + 5), 5)).isEqualTo("line 3, column 7: ");
        assertThat(asked.place("", 0)).isEmpty();
        assertThat(asked.place("99999", 0)).isEmpty();
    }
}
