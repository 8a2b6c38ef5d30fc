package io.tongdao.ops.cli;

import io.tongdao.contract.grant.Grant;
import io.tongdao.contract.grant.GrantLife;
import io.tongdao.lakehouse.commit.LakeCatalog;
import io.tongdao.lakehouse.query.LakeQuery;
import io.tongdao.lakehouse.query.TableRights;
import io.tongdao.ops.exchange.SecretReferences;
import io.tongdao.ops.returns.Count;
import io.tongdao.ops.returns.GrantReconciler;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao grant reconcile}: whether what was returned is what is there to return (art. 26). */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = {
            "对账: counts the grant's rows at the source (its territory and filter), in its topic, its table and the receiver's",
            "database, by key. Equal: exit 0. Else it counts again for --wait seconds, since changes are on their way, then says how",
            "many rows are missing (缺) or too many (多), and exits 1. No key and no value is printed."
        })
final class GrantReconcileCommand implements Callable<Integer> {
    private static final Duration AGAIN = Duration.ofSeconds(2);

    @Parameters(paramLabel = "ID", description = "The grant's id.")
    private String id = "";

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long it counts again while counts differ. Default: ${DEFAULT-VALUE}")
    private int seconds = 30;

    @Mixin
    private Place place = new Place();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Beside beside = Beside.find(place.data);
        Grant grant = beside.desk().list().get(id);
        if (grant == null) {
            throw new CommandFailedException("there is no grant " + id + "; see ./tongdao grant list");
        }
        if (grant.verifies() || !GrantLife.flows(grant.status())) {
            throw new CommandFailedException(
                    "grant " + id + " is " + grant.status().word()
                            + (grant.verifies() ? " and only verifies" : "")
                            + ": only what flows is kept up with its source and can be counted");
        }
        List<Count> counts = counted(beside, grant);
        PrintWriter out = spec.commandLine().getOut();
        for (Count count : counts) {
            out.printf(
                    "%-14s %-40s %,12d%s%n",
                    count.place(), count.name(), count.rows(), verdict(count, counts.getFirst()));
        }
        boolean equal = counts.stream().allMatch(Count::equal);
        out.println(equal ? "一致 equal" : "不一致 different");
        out.flush();
        return equal ? 0 : 1;
    }

    private static String verdict(Count count, Count source) {
        if (count == source) {
            return "";
        }
        return count.equal() ? "  一致 equal" : "  缺 missing %,d  多 more %,d".formatted(count.missing(), count.more());
    }

    private List<Count> counted(Beside beside, Grant grant) throws InterruptedException {
        try (LakeCatalog catalog = LakeCatalog.embedded(beside.data().root())) {
            GrantReconciler reconciler = new GrantReconciler(
                    new GrantReconciler.Settings(
                            beside.adminClient(),
                            beside.running().planWithAddresses(),
                            beside.wire(),
                            () -> beside.protectDesk().shield(),
                            LakeQuery.open(catalog, TableRights.ALL),
                            SecretReferences::resolve),
                    grant);
            Instant until = Instant.now().plusSeconds(seconds);
            List<Count> counts = reconciler.count();
            while (!counts.stream().allMatch(Count::equal) && Instant.now().isBefore(until)) {
                Thread.sleep(AGAIN);
                counts = reconciler.count();
            }
            return counts;
        } catch (SQLException e) {
            throw new CommandFailedException("a table or the receiver's database can't be counted (SQL state "
                    + e.getSQLState() + "): see ./tongdao grant show " + id);
        }
    }
}
