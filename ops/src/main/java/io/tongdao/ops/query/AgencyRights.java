package io.tongdao.ops.query;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.contract.plan.Plan;
import io.tongdao.lakehouse.query.TableRights;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * What an agency's analysts may read: the datasets that it provides, what is released to it as long as that flows (art. 31, 35), and what is open.
 * The same as its topics give it, on the table. Pure.
 *
 * @param snapshots publications that it may read: {@code open.<publication>} → file
 * @param now when it asks: a grant is over at its end, whether that is on record yet or not
 */
public record AgencyRights(String agency, Plan plan, Collection<Grant> grants, Map<String, Path> snapshots, Instant now)
        implements TableRights {

    @Override
    public Right on(String table) {
        if (plan.datasets().values().stream()
                .anyMatch(dataset ->
                        dataset.agency().equals(agency) && dataset.lakeTable().equals(table))) {
            return new Right.Whole();
        }
        return grants.stream()
                .filter(grant ->
                        grant.consumer().equals(agency) && grant.lakeTable().equals(table))
                .findFirst()
                .map(this::granted)
                .orElseGet(Right.Unknown::new);
    }

    private Right granted(Grant grant) {
        if (!GrantLife.flows(grant.status())) {
            return new Right.Closed("%s is not answered: grant %s is %s since %s"
                    .formatted(
                            grant.lakeTable(),
                            grant.id(),
                            grant.status().word(),
                            grant.last().at()));
        }
        if (!now.isBefore(grant.until())) {
            return new Right.Closed(
                    "%s is not answered: grant %s ended on %s".formatted(grant.lakeTable(), grant.id(), grant.until()));
        }
        return grant.delivery().contains(Grant.Delivery.TABLE)
                ? new Right.Shown(grant.topic())
                : new Right.Closed("%s is not answered: grant %s is delivered without a table"
                        .formatted(grant.lakeTable(), grant.id()));
    }
}
