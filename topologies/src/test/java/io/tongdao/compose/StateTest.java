package io.tongdao.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.topic.Ver;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What state holds is what was put into it, sorts as it should, and is refused where a newer version wrote it. */
class StateTest {
    private static final long SEED = 20260301;
    private static final Subject PERSON = new Subject(SubjectKind.PERSON, "530102199003071238");
    private static final Subject FIRM = new Subject(SubjectKind.ORGANISATION, "91530100525943511Y");

    @Test
    void sortedValuesSortAsTheValuesDo() {
        Random random = new Random(SEED);
        sorts(random, r -> r.nextInt(), Integer::compare);
        sorts(random, r -> r.nextLong() >> r.nextInt(64), Long::compare);
        sorts(random, r -> new BigDecimal(r.nextLong() >> r.nextInt(64)).movePointLeft(4), BigDecimal::compareTo);
        sorts(random, StateTest::text, String::compareTo);
    }

    private static <T> void sorts(Random random, Function<Random, T> gen, java.util.Comparator<T> order) {
        for (int i = 0; i < 2_000; i++) {
            // Given
            T one = gen.apply(random);
            T other = gen.apply(random);

            // When
            int sorted = Arrays.compareUnsigned(SortedValue.of(one), SortedValue.of(other));

            // Then
            assertThat(Integer.signum(sorted))
                    .as("seed %d: %s and %s", SEED, one, other)
                    .isEqualTo(Integer.signum(order.compare(one, other)));
            assertThat(Arrays.compareUnsigned(SortedValue.of(null), SortedValue.of(one)))
                    .isNegative();
            assertThat(Arrays.compareUnsigned(SortedValue.LEAST, SortedValue.of(one)))
                    .isNegative();
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(4); left > 0; left--) {
            text.append("\0\1ab中".charAt(random.nextInt(5)));
        }
        return text.toString();
    }

    @Test
    void lettersAndRowsComeBackAsTheyWere() {
        // Given
        Place row = new Place(PERSON, "S1:110");
        Part.Values values = Part.Values.none(5);
        List<Object> items = new ArrayList<>(Arrays.asList("企业", 7, 8L, true, new BigDecimal("-1.50")));
        for (int i = 0; i < items.size(); i++) {
            values.items()[i] = items.get(i);
        }
        values.disputed()[1] = true;
        var letter = new Letter.Answer("credit.employees", "employer", row, FIRM, 3, "d", values);
        var question = new Composed.Question("employer", FIRM, 3, "d", values);
        var composed = new Composed(new Ver(1, 9), new byte[] {1}, 5, 3, List.of(question));

        // When
        Letter read = Letter.decode(letter.encode());
        Composed held = Composed.decode(composed.encode());

        // Then
        assertThat(read).isEqualTo(letter);
        assertThat(Letter.kind(letter.encode())).isEqualTo(SubjectKind.PERSON);
        assertThat(held.questions()).containsExactly(question);
        assertThat(List.<Object>of(held.ver(), held.asked(), held.exists())).containsExactly(new Ver(1, 9), 3L, true);
        assertThat(Place.parse(row.in("credit.employees"), "credit.employees")).isEqualTo(row);
        assertThat(Place.Subscription.parse(letter.subscriber(), "credit.employees"))
                .isEqualTo(new Place.Subscription("employer", FIRM, row));
    }

    @Test
    void aNewerFormatIsRefusedWithoutQuotingIt() {
        // Given
        byte[] newer = new Letter.TakeBack("t", "l", new Place(PERSON, ""), FIRM, 1).encode();
        newer[0] = 2;

        // When / Then
        assertThatThrownBy(() -> Letter.decode(newer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("newer Tongdao")
                .message()
                .doesNotContain(PERSON.id());
    }
}
