package io.tongdao.collect;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.common.BaseSourceTask;
import java.lang.reflect.Field;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a quiet task asleep until changes are there. Debezium's own wait for them turns in a circle through the last millisecond of each
 * interval, and an interval is how late a change may be: a province's quiet connections would keep a core busy (ops/decisions/0250).
 */
final class ChangesWaiting {
    private static final Duration LOOK = Duration.ofMillis(10);
    /** After that Debezium is asked in any case: it tells errors of the thread that reads the log only then. */
    private static final Duration LONGEST = Duration.ofMillis(500);

    private final ChangeEventQueue<?> queue;

    private ChangesWaiting(ChangeEventQueue<?> queue) {
        this.queue = queue;
    }

    /** @return null where this Debezium keeps its queue elsewhere: its own wait then does */
    static @Nullable ChangesWaiting of(BaseSourceTask<?, ?> task) {
        for (Class<?> type = task.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getType() == ChangeEventQueue.class) {
                    return in(field, task);
                }
            }
        }
        return null;
    }

    private static @Nullable ChangesWaiting in(Field field, BaseSourceTask<?, ?> task) {
        try {
            field.setAccessible(true);
            return field.get(task) instanceof ChangeEventQueue<?> queue ? new ChangesWaiting(queue) : null;
        } catch (IllegalAccessException | RuntimeException e) {
            return null;
        }
    }

    /** Returns as soon as a change is there, and after a while in any case. */
    void await() throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (queue.remainingCapacity() == queue.totalCapacity() && System.nanoTime() < end) {
            Thread.sleep(LOOK);
        }
    }
}
