package io.tongdao.ops.opening;

import io.tongdao.contract.open.Opening;
import io.tongdao.contract.open.Opening.State;
import io.tongdao.contract.open.Opening.Step;
import io.tongdao.contract.open.PublicationPlan;
import io.tongdao.contract.open.PublicationPlan.Item;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.protect.Shield;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.open.Anonymiser;
import io.tongdao.lakehouse.open.Anonymiser.Result;
import io.tongdao.lakehouse.open.Draft;
import io.tongdao.lakehouse.open.Generaliser;
import io.tongdao.lakehouse.open.Outcome;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableRights;
import io.tongdao.ops.embedded.DataDirectory;
import io.tongdao.ops.embedded.DurableFiles;
import io.tongdao.ops.exchange.EmbeddedKeys;
import io.tongdao.ops.opening.OpenDesk.Published;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes one version: reads, tests, and then, each on the disk before the next, what is remembered, the files in a draft, the record, the directory.
 * An end in between leaves nothing that can be read; what is remembered of a version that never came makes later ones only stricter.
 */
final class Publishing {
    private final DataDirectory data;
    private final Plan plan;
    private final OpenJournal journal;
    private final Supplier<Shield> shield;
    private final InstantSource clock;

    Publishing(DataDirectory data, Plan plan, OpenJournal journal, Supplier<Shield> shield, InstantSource clock) {
        this.data = data;
        this.plan = plan;
        this.journal = journal;
        this.shield = shield;
        this.clock = clock;
    }

    Published publish(PublicationPlan publication, Order order, OpenShelf shelf, List<Opening> former)
            throws IOException, InterruptedException {
        String id = publication.id();
        int last = former.stream().mapToInt(Opening::version).max().orElse(0);
        if (shelf.last(id) < last) {
            throw new OpenRefused("of " + id + " v" + last
                    + " was published, and nothing is remembered of it: put data/open-record back"
                    + " from a backup; without it nothing protects those who came or went since");
        }
        List<String> sensitive =
                publication.sensitive().stream().map(Item::name).toList();
        Seal seal = new Seal(EmbeddedKeys.openings(data));
        Draft draft = new Draft(
                publication,
                new Generaliser(plan.divisions()),
                seal::of,
                rows(publication, seal),
                shelf.remembered(id, sensitive));
        Anonymiser anonymiser = new Anonymiser(draft.snapshot(), publication.bounds());
        Result.Found found = found(publication, anonymiser);
        Outcome outcome = found.outcome();
        int number = Math.max(last, shelf.last(id)) + 1;
        Version version = new Version(
                publication,
                number,
                order.applicant(),
                clock.instant(),
                draft.rungs(outcome),
                outcome.published(),
                outcome.suppressed(),
                anonymiser.limit(),
                outcome.groups(),
                found.loss());
        if (version.shown().isEmpty()) {
            throw new OpenRefused(id + " is not published: every item would have to be dropped");
        }
        shelf.remember(id, number, sensitive, draft.remember(outcome));
        Path target = shelf.place(id, order.applicant(), number);
        shelf.publish(target, order.applicant().isEmpty(), empty -> {
            String manifest = OpenFiles.fill(empty, version, plan, draft.table(outcome));
            DurableFiles.settleAll(empty);
            journal.write(opening(version, order, manifest));
        });
        return new Published(version, target);
    }

    private List<Draft.Row> rows(PublicationPlan publication, Seal seal) {
        try (LakeCatalog catalog = LakeCatalog.embedded(data.root())) {
            List<Draft.Row> rows =
                    new OpenRows(plan, publication).read(LakeQuery.open(catalog, TableRights.ALL), shield, seal::of);
            if (rows.isEmpty()) {
                throw new OpenRefused(publication.table() + " has no rows: nothing to publish");
            }
            return rows;
        }
    }

    private static Result.Found found(PublicationPlan publication, Anonymiser anonymiser) {
        return switch (anonymiser.search()) {
            case Result.Found found -> found;
            case Result.Refused(Outcome nearest, int limit) ->
                throw new OpenRefused(
                        "%s is not published: on no choice of rungs do groups of %d with %d different values of each sensitive item leave out %d of %d rows or fewer; the nearest leaves out %d, for %d small groups and to cover rows that came or went since a former version. Add coarser rungs, leave items out, or wait until more rows have come"
                                .formatted(
                                        publication.id(),
                                        publication.bounds().k(),
                                        publication.bounds().l(),
                                        limit,
                                        nearest.rows(),
                                        nearest.suppressed(),
                                        nearest.small()));
        };
    }

    private Opening opening(Version version, Order order, String manifest) {
        return new Opening(
                version.publication().id(),
                version.number(),
                order.applicant(),
                order.undertaking(),
                order.agreement(),
                version.rows(),
                version.suppressed(),
                manifest,
                List.of(new Step(State.PUBLISHED, order.by(), order.reason(), version.at())));
    }
}
