package io.tongdao.deliver;

import io.tongdao.contract.grant.GrantPlan;
import io.tongdao.contract.plan.ItemType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * What is delivered into a lower level's database: one epoch of one return.
 *
 * @param grant its id
 * @param table the table's name in the receiving schema, the same for all epochs
 * @param source the table that it is released from, for the comment
 * @param topic this epoch's topic
 * @param epoch 1 for a new grant, raised by each resumption
 * @param schema of the topic's values
 * @param items released items by name
 * @param markers the completion markers (keys beginning with {@code !}) that end this epoch's backfill, in each partition
 */
public record DeliveryFeed(
        String grant,
        String table,
        String source,
        String topic,
        int epoch,
        Schema schema,
        Map<String, Item> items,
        Set<String> markers) {
    /** The released lists of item names, and what they are called. */
    static final Map<String, String> LISTS = Map.of(GrantPlan.DISPUTED, "有疑义的数据项", GrantPlan.WITHHELD, "未提供的数据项");

    /** A released item: its label and its type under its mask. */
    public record Item(String label, ItemType type) {}

    /** The feed of a grant that is delivered into a database. */
    public static DeliveryFeed of(GrantPlan plan) {
        Map<String, Item> items = new LinkedHashMap<>();
        plan.items().forEach(item -> items.put(item.name(), new Item(item.label(), item.output())));
        Set<String> markers = new TreeSet<>();
        for (int partition = 0; partition < plan.source().partitions(); partition++) {
            markers.add("!complete:" + plan.kind().word() + ":" + partition);
        }
        return new DeliveryFeed(
                plan.grant().id(),
                table(plan.grant().id()),
                plan.grant().table(),
                plan.topic().name(),
                plan.grant().epoch(),
                plan.topic().schema(),
                Map.copyOf(items),
                markers);
    }

    /** The table of a grant in the receiver's database. */
    public static String table(String grant) {
        return grant.replace('-', '_');
    }
}
