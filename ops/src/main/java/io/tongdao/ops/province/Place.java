package io.tongdao.ops.province;

import java.util.ArrayList;
import java.util.List;

/**
 * A position in a block of 48 people, the pattern that repeats over the whole province: 16 households of one to five.
 *
 * @param household of the block, 0-15
 * @param position in the household; 0 is the head
 * @param role GB/T 4761: head, spouse, child or parent
 * @param youngest and {@code oldest}: age in years on {@link Population#TODAY}
 */
record Place(int household, int position, int size, String role, int youngest, int oldest) {
    static final int BLOCK = 48;
    static final int HOUSEHOLDS = 16;
    static final String HEAD = "01";
    static final String SPOUSE = "10";
    static final String CHILD = "20";
    static final String PARENT = "50";

    private static final List<Place> PLACES = places();

    static Place of(int index) {
        return PLACES.get(index % BLOCK);
    }

    /** Whether the place belongs to one who lives alone; there are four of them in a block. */
    boolean alone() {
        return size == 1;
    }

    private static List<Place> places() {
        int[] sizes = {3, 4, 1, 5, 2, 3, 1, 4, 3, 1, 4, 2, 5, 3, 1, 6};
        List<Place> all = new ArrayList<>(BLOCK);
        for (int h = 0; h < sizes.length; h++) {
            for (int p = 0; p < sizes[h]; p++) {
                all.add(place(h, p, sizes[h]));
            }
        }
        return List.copyOf(all);
    }

    private static Place place(int household, int position, int size) {
        if (size == 1) {
            return new Place(household, position, size, HEAD, 28, 48);
        }
        if (size == 2) {
            int youngest = household % 2 == 0 ? 60 : 25;
            return new Place(household, position, size, position == 0 ? HEAD : SPOUSE, youngest, youngest + 20);
        }
        if (position < 2) {
            return new Place(household, position, size, position == 0 ? HEAD : SPOUSE, 38, 58);
        }
        boolean parent = size >= 5 && position == size - 1;
        return parent
                ? new Place(household, position, size, PARENT, 75, 95)
                : new Place(household, position, size, CHILD, 0, 18);
    }
}
