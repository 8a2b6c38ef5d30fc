package io.tongdao.ops.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.ops.embedded.HangingTransactions.Open;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HangingTransactionsTest {
    private static final TopicPartition HERE = new TopicPartition("base.people", 0);
    private static final TopicPartition THERE = new TopicPartition("base.people", 1);
    private static final Open OPEN = new Open(HERE, 7, 3, 0, 100);

    @Test
    void oneThatNoCoordinatorKnowsHangs() {
        assertThat(HangingTransactions.unknown(Set.of(OPEN), Map.of())).containsExactly(OPEN);
    }

    @ParameterizedTest
    @EnumSource
    void whereItsCoordinatorHasItOpenItDoesNot(TransactionState state) {
        boolean open = Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT)
                .contains(state);

        assertThat(HangingTransactions.unknown(Set.of(OPEN), Map.of(7L, transaction(state, HERE))))
                .hasSize(open ? 0 : 1);
    }

    @Test
    void whereItsCoordinatorHasItOpenElsewhereItHangs() {
        assertThat(HangingTransactions.unknown(Set.of(OPEN), Map.of(7L, transaction(TransactionState.ONGOING, THERE))))
                .containsExactly(OPEN);
    }

    private static TransactionDescription transaction(TransactionState state, TopicPartition partition) {
        return new TransactionDescription(0, state, 7, 3, 60_000, OptionalLong.of(1), Set.of(partition));
    }
}
