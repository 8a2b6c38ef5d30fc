package io.tongdao.deliver;

import io.tongdao.contract.plan.Receiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** All receiving databases (回流, art. 26), each with a delivery of its own; they come, change and go with the catalogue. */
public final class Deliveries implements AutoCloseable {
    private final Function<Receiver, Delivery> start;
    private final Map<Receiver, Delivery> running = new HashMap<>();

    /** @param start begins the delivery into one database */
    public Deliveries(Function<Receiver, Delivery> start) {
        this.start = start;
    }

    /** What is delivered where from now on; the delivery into a database that is not among them ends. */
    public synchronized void follow(Map<Receiver, Set<DeliveryFeed>> feeds) {
        Iterator<Map.Entry<Receiver, Delivery>> known = running.entrySet().iterator();
        while (known.hasNext()) {
            Map.Entry<Receiver, Delivery> one = known.next();
            if (!feeds.containsKey(one.getKey())) {
                one.getValue().close();
                known.remove();
            }
        }
        feeds.forEach(
                (receiver, some) -> running.computeIfAbsent(receiver, start).follow(some));
    }

    /** How each return is doing. */
    public synchronized List<DeliveryStatus> status() {
        List<DeliveryStatus> all = new ArrayList<>();
        running.values().forEach(delivery -> all.addAll(delivery.status()));
        return all;
    }

    /** Whether everything before the end offsets of the topics that are delivered is in its database. */
    public synchronized boolean caughtUp(Map<TopicPartition, Long> ends) {
        return running.values().stream().allMatch(delivery -> delivery.caughtUp(ends));
    }

    @Override
    public synchronized void close() {
        running.values().forEach(Delivery::close);
        running.clear();
    }
}
