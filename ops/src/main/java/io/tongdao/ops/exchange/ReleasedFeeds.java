package io.tongdao.ops.exchange;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.Grant.Delivery;
import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.grant.GrantTable;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Receiver;
import io.tongdao.contract.topic.Names;
import io.tongdao.contract.witness.ReleaseLedger;
import io.tongdao.deliver.DeliveryFeed;
import io.tongdao.lakehouse.sink.TableFeed;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From the plan and the grants that flow: what the lakehouse keeps, what is delivered, and what files are made of. Pure. A grant that the plan no longer knows
 * is being cut, and no longer fed.
 */
final class ReleasedFeeds {
    private final Plan plan;

    ReleasedFeeds(Plan plan) {
        this.plan = plan;
    }

    /** The release ledger, by the month of what it says (art. 35). */
    private static final Set<TableFeed> LEDGER = Set.of(
            TableFeed.appended(
                    Names.RELEASES, ReleaseLedger.WINDOWS, new TableFeed.Appended("", ReleaseLedger.WINDOW_START)),
            TableFeed.appended(
                    Names.SUBJECT_RELEASES,
                    ReleaseLedger.SUBJECTS,
                    new TableFeed.Appended(ReleaseLedger.SUBJECTS_OF, ReleaseLedger.FIRST)));

    /** Every src, base and theme topic, the released ones that ask for a table, and the ledger. */
    Set<TableFeed> tables(List<Grant> flowing) {
        Set<TableFeed> feeds = new HashSet<>(LEDGER);
        int kept = plan.keptDays();
        plan.datasets()
                .values()
                .forEach(dataset -> feeds.add(TableFeed.of(dataset.lakeTable(), dataset.topic(), kept)));
        plan.bases().values().forEach(base -> feeds.add(TableFeed.of(Names.base(base.name()), base.topic(), kept)));
        plan.themes().values().forEach(theme -> feeds.add(TableFeed.of(theme.lakeTable(), theme.topic(), kept)));
        for (Grant grant : flowing) {
            if (grant.delivery().contains(Delivery.TABLE) && known(grant)) {
                GrantPlan compiled = GrantPlan.compile(plan, grant);
                int sources = compiled.source().partitions();
                feeds.add(TableFeed.released(grant.lakeTable(), compiled.topic(), grant.epoch(), sources));
            }
        }
        return feeds;
    }

    /** The returns that ask for the receiver's own database; the table is named after the grant. A receiver without any is there too. */
    Map<Receiver, Set<DeliveryFeed>> deliveries(List<Grant> flowing) {
        Map<Receiver, Set<DeliveryFeed>> feeds = new HashMap<>();
        plan.receivers().values().forEach(receiver -> feeds.put(receiver, new HashSet<>()));
        for (Grant grant : flowing) {
            if (grant.delivery().contains(Delivery.DATABASE) && known(grant)) {
                DeliveryFeed feed = DeliveryFeed.of(GrantPlan.compile(plan, grant));
                plan.receiver(grant.consumer()).map(feeds::get).ifPresent(some -> some.add(feed));
            }
        }
        return feeds;
    }

    /** The grants whose files are made. */
    List<GrantPlan> files(List<Grant> flowing) {
        return flowing.stream()
                .filter(grant -> grant.files() && known(grant))
                .map(grant -> GrantPlan.compile(plan, grant))
                .toList();
    }

    private boolean known(Grant grant) {
        return GrantTable.exists(plan, grant.table())
                && GrantTable.of(plan, grant.table())
                        .items()
                        .keySet()
                        .containsAll(grant.items().keySet());
    }
}
