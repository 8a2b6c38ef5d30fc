package io.tongdao.ops.province;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Where scenes put their steps. Each step gets its number at the end: act by act, mixed within the act by the seed. */
final class Stage {
    private final List<Step> steps = new ArrayList<>();

    void step(int act, String title, Row about, Effect effect, Change... changes) {
        steps.add(new Step(0, act, about.table(), title, List.of(changes), effect));
    }

    void update(int act, String title, Row before, Row after) {
        update(act, title, before, after, Effect.NONE);
    }

    void update(int act, String title, Row before, Row after, Effect effect) {
        step(act, title, before, effect, Change.update(before, after));
    }

    void insert(int act, String title, Row row) {
        step(act, title, row, Effect.NONE, Change.insert(row));
    }

    void delete(int act, String title, Row row) {
        step(act, title, row, Effect.NONE, Change.delete(row));
    }

    List<Step> inOrder(long seed) {
        List<Step> order = IntStream.range(0, steps.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> steps.get(i).act())
                        .thenComparingInt(i -> new Dice(seed, "order", i).below(Integer.MAX_VALUE)))
                .map(steps::get)
                .toList();
        return IntStream.range(0, order.size())
                .mapToObj(i -> numbered(order.get(i), i + 1))
                .toList();
    }

    private static Step numbered(Step step, int number) {
        return new Step(number, step.act(), step.table(), step.title(), step.changes(), step.effect());
    }
}
