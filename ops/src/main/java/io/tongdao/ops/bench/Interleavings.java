package io.tongdao.ops.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether a history can have come of sources of which each has its own order, whichever was read first. A history has an entry wherever the
 * content became another; what a snapshot read may have been passed over, and be told later or with the next change.
 */
final class Interleavings {
    private final int[] lengths;
    private final boolean[][] silent;
    private final Contents contents;
    private final Map<Integer, String> known = new HashMap<>();

    /** What stands when so many records of each source have been read; empty: nothing. */
    interface Contents {
        String at(int[] read);
    }

    /**
     * @param whole whether one order of the sources gives the history from its beginning to its end
     * @param furthest how many entries at most an order gives
     * @param passed where such orders come by: how many records of each source were read
     */
    record Found(boolean whole, int furthest, List<int[]> passed) {}

    /** @param silent of each source, of each record: whether a snapshot read it */
    Interleavings(boolean[][] silent, Contents contents) {
        this.silent = silent;
        this.contents = contents;
        this.lengths = new int[silent.length];
        for (int i = 0; i < silent.length; i++) {
            lengths[i] = silent[i].length;
        }
    }

    private record Place(int node, int told) {}

    /** @param history contents in the order in which they were told */
    Found search(List<String> history) {
        Set<Place> seen = new HashSet<>();
        Deque<Place> next = new ArrayDeque<>();
        visit(new Place(0, 0), seen, next);
        int end = node(lengths);
        int furthest = 0;
        boolean whole = false;
        while (!next.isEmpty()) {
            Place place = next.pop();
            furthest = Math.max(furthest, place.told);
            whole |= place.node == end && place.told == history.size() && at(end).equals(told(history, place.told));
            step(place, history, seen, next);
        }
        return new Found(
                whole,
                furthest,
                seen.stream().map(Place::node).distinct().map(this::read).toList());
    }

    private void step(Place place, List<String> history, Set<Place> seen, Deque<Place> next) {
        // What was passed over is told without another record.
        tell(place.node, place.told, history, false, seen, next);
        int[] read = read(place.node);
        for (int i = 0; i < read.length; i++) {
            if (read[i] < lengths[i]) {
                read[i]++;
                tell(node(read), place.told, history, true, seen, next);
                read[i]--;
                if (silent[i][read[i]]) {
                    read[i]++;
                    visit(new Place(node(read), place.told), seen, next);
                    read[i]--;
                }
            }
        }
    }

    private void tell(int node, int told, List<String> history, boolean same, Set<Place> seen, Deque<Place> next) {
        String content = at(node);
        if (content.equals(told(history, told))) {
            if (same) {
                visit(new Place(node, told), seen, next);
            }
        } else if (told < history.size() && content.equals(history.get(told))) {
            visit(new Place(node, told + 1), seen, next);
        }
    }

    private static void visit(Place place, Set<Place> seen, Deque<Place> next) {
        if (seen.add(place)) {
            next.push(place);
        }
    }

    private static String told(List<String> history, int told) {
        return told == 0 ? "" : history.get(told - 1);
    }

    private String at(int node) {
        return Objects.requireNonNull(known.computeIfAbsent(node, n -> contents.at(read(n))));
    }

    private int node(int[] read) {
        int node = 0;
        for (int i = 0; i < read.length; i++) {
            node = node * (lengths[i] + 1) + read[i];
        }
        return node;
    }

    private int[] read(int node) {
        int[] read = new int[lengths.length];
        int rest = node;
        for (int i = lengths.length - 1; i >= 0; i--) {
            read[i] = rest % (lengths[i] + 1);
            rest /= lengths[i] + 1;
        }
        return read;
    }
}
