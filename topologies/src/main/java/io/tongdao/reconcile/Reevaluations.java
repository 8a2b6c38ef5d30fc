package io.tongdao.reconcile;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How far the tasks of this process are with finding golden records anew by other rules: what {@code tongdao status} shows. */
public final class Reevaluations {
    private final Map<String, Progress> tasks = new ConcurrentHashMap<>();

    /**
     * @param done subjects
     * @param of about as many claims are held: never fewer than subjects
     */
    public record Progress(long done, long of, boolean finished) {}

    /** One task's word. */
    interface Report {
        void tell(long done, boolean finished);
    }

    void tell(String task, Progress progress) {
        tasks.put(task, progress);
    }

    void forget(String task) {
        tasks.remove(task);
    }

    /** Kind and partition → how far; tasks that have nothing to do are not among them. */
    public Map<String, Progress> all() {
        return new TreeMap<>(tasks);
    }
}
