package io.tongdao.ops.embedded;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions that no coordinator knows to end. After a kill the restarted coordinator may give a transaction up before the
 * partitions it wrote to are back, and then never writes its markers: readers of committed records would wait at it for ever
 * ({@code kafka-transactions.sh find-hanging} is the same for a cluster). A transaction hangs if a partition holds it open, its coordinator
 * hasn't it open there, and both were so one round before: a marker on its way is no fault.
 */
final class HangingTransactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);
    private static final long ROUND_SECONDS = 10;
    private static final ListTopicsOptions INTERNAL = new ListTopicsOptions().listInternal(true);
    private static final Set<TransactionState> OPEN =
            Set.of(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);

    /** A transaction that one partition holds open. */
    record Open(TopicPartition partition, long producerId, int epoch, int coordinatorEpoch, long startOffset) {
        AbortTransactionSpec abort() {
            return new AbortTransactionSpec(partition, producerId, (short) epoch, coordinatorEpoch);
        }
    }

    private final Admin admin;
    private final ScheduledExecutorService rounds;
    private Set<Open> suspected = Set.of();

    private HangingTransactions(Admin admin) {
        this.admin = admin;
        this.rounds = Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "hanging-transactions"));
    }

    /** Looks every ten seconds until it is closed. */
    static HangingTransactions watch(Map<String, Object> adminSettings) {
        var watch = new HangingTransactions(Admin.create(adminSettings));
        watch.rounds.scheduleWithFixedDelay(watch::round, ROUND_SECONDS, ROUND_SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    private void round() {
        try {
            Set<Open> open = open();
            Set<Open> found = open.isEmpty() ? open : unknown(open, transactions(open));
            for (Open hanging : found) {
                if (suspected.contains(hanging)) {
                    admin.abortTransaction(hanging.abort()).all().get();
                    LOG.warn(
                            "broker: a transaction of producer {} hung in {} from offset {}; it was aborted",
                            hanging.producerId(),
                            hanging.partition(),
                            hanging.startOffset());
                }
            }
            suspected = found;
        } catch (ExecutionException e) {
            LOG.debug("broker: hanging transactions could not be looked for", e);
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<Open> open() throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = new HashSet<>();
        admin.describeTopics(admin.listTopics(INTERNAL).names().get())
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition()))));
        Set<Open> open = new HashSet<>();
        admin.describeProducers(partitions)
                .all()
                .get()
                .forEach((partition, state) -> state.activeProducers()
                        .forEach(producer -> producer.currentTransactionStartOffset()
                                .ifPresent(start -> open.add(new Open(
                                        partition,
                                        producer.producerId(),
                                        producer.producerEpoch(),
                                        Math.max(0, producer.coordinatorEpoch().orElse(0)),
                                        start)))));
        return open;
    }

    /** Producer → its transaction, as its coordinator knows it. */
    private Map<Long, TransactionDescription> transactions(Set<Open> open)
            throws ExecutionException, InterruptedException {
        Set<Long> producers = open.stream().map(Open::producerId).collect(Collectors.toSet());
        Set<String> ids = admin.listTransactions().all().get().stream()
                .filter(listing -> producers.contains(listing.producerId()))
                .map(TransactionListing::transactionalId)
                .collect(Collectors.toSet());
        Map<Long, TransactionDescription> known = new HashMap<>();
        admin.describeTransactions(ids)
                .all()
                .get()
                .values()
                .forEach(transaction -> known.put(transaction.producerId(), transaction));
        return known;
    }

    /** Those of the open ones that their coordinators don't have open there. */
    static Set<Open> unknown(Set<Open> open, Map<Long, TransactionDescription> known) {
        return open.stream()
                .filter(one -> {
                    TransactionDescription transaction = known.get(one.producerId());
                    return transaction == null
                            || !OPEN.contains(transaction.state())
                            || !transaction.topicPartitions().contains(one.partition());
                })
                .collect(Collectors.toSet());
    }

    @Override
    public void close() {
        rounds.shutdownNow();
        admin.close();
    }
}
