package io.tongdao.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.SubjectPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimReaderTest {
    @Test
    void ofARowWithSubjectsOfSeveralKindsEachKindReadsItsOwn() {
        // Given
        Plan plan = SampleProvince.plan();
        DatasetPlan mixed = mixed(plan.datasets().get(SampleProvince.MARRIAGE));
        BasePlan population = plan.bases().get("population");
        // When
        ClaimReader persons = new ClaimReader(mixed, List.of(population), SampleProvince.wire(plan));
        // Then
        assertThat(mixed.about(SubjectKind.PERSON)).isTrue();
        assertThat(mixed.about(SubjectKind.ORGANISATION)).isTrue();
        assertThat(persons.about(key("530102199003071238|husband:A1"))).isTrue();
        assertThat(persons.about(key("91530100525943511Y|wife:A1"))).isFalse();
    }

    private static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The same dataset, whose second subject is an organisation. */
    private static DatasetPlan mixed(DatasetPlan of) {
        SubjectPlan second = of.subjects().getLast();
        SubjectPlan organisation = new SubjectPlan(second.role(), SubjectKind.ORGANISATION, second.item(), Map.of());
        return new DatasetPlan(
                of.id(),
                of.agency(),
                of.name(),
                of.title(),
                of.connection(),
                of.table(),
                List.of(of.subjects().getFirst(), organisation),
                of.rowKey(),
                of.asOf(),
                of.items(),
                of.topic());
    }
}
