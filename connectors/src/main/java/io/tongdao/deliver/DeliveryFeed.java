package io.tongdao.deliver;

import java.util.Set;
import org.apache.avro.Schema;

/**
 * What is delivered into a lower level's database: one epoch of one grant.
 *
 * @param table the table's name in the receiving schema, the same for all epochs
 * @param topic this epoch's topic
 * @param value its Avro schema: the columns
 * @param epoch 1 for a new grant, raised by each resumption
 * @param markers the completion markers (keys beginning with {@code !}) that end this epoch's backfill, in each partition
 */
public record DeliveryFeed(String table, String topic, Schema value, int epoch, Set<String> markers) {}
