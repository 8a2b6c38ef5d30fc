package io.tongdao.deliver;

/**
 * A delivered table, as its database knows it.
 *
 * @param epoch that it shows
 * @param topicId where that epoch's rows come from
 * @param nextEpoch that is being filled beside it; 0: none
 * @param nextTopicId where the filling rows come from; empty: nothing stands beside the table; {@link #LEFT}: what stood there has taken over and is to go
 * @param columns the columns that are ours, as {@link Column#written}
 */
record LedgerEntry(
        String table, String grant, int epoch, String topicId, int nextEpoch, String nextTopicId, String columns) {
    static final String LEFT = "-";

    /** A table that shows its first epoch from its first row on: nothing was there before. */
    static LedgerEntry first(DeliveryFeed feed, String topicId, String columns) {
        return new LedgerEntry(feed.table(), feed.grant(), feed.epoch(), topicId, 0, "", columns);
    }

    boolean shows(String topic) {
        return topicId.equals(topic);
    }

    boolean fills(String topic) {
        return nextTopicId.equals(topic);
    }

    LedgerEntry filling(int epoch, String topic) {
        return new LedgerEntry(table, grant, this.epoch, topicId, epoch, topic, columns);
    }

    LedgerEntry takenOver() {
        return new LedgerEntry(table, grant, nextEpoch, nextTopicId, 0, LEFT, columns);
    }

    LedgerEntry alone() {
        return new LedgerEntry(table, grant, epoch, topicId, 0, "", columns);
    }

    LedgerEntry having(String written) {
        return new LedgerEntry(table, grant, epoch, topicId, nextEpoch, nextTopicId, written);
    }
}
