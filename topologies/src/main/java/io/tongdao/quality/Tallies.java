package io.tongdao.quality;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The tallies of one task, in a store: each change is written at once, so that the figures and the rows they count are in one transaction;
 * told to {@code flag.quality} from time to time. The lists of rules that rows and tallies were made by stand beside them, since both are
 * remembered by numbers.
 */
final class Tallies {
    /** How long a change of the figures waits to be told. */
    static final Duration TELL = Duration.ofSeconds(1);

    private static final Duration EXPIRE = Duration.ofHours(24);
    private static final String RULES = "#";
    private static final int OPEN = 2_000;
    private final KeyValueStore<Bytes, byte[]> store;
    private final Duration history;
    private final Map<String, Tally> open = new HashMap<>();
    private final Map<String, List<String>> rules = new HashMap<>();
    private final TreeSet<String> untold = new TreeSet<>();
    private long expired;

    /** Takes a flag: key and value. */
    @FunctionalInterface
    interface Telling {
        void tell(byte[] key, byte @org.jspecify.annotations.Nullable [] value);
    }

    Tallies(KeyValueStore<Bytes, byte[]> store, Duration history) {
        this.store = store;
        this.history = history;
        each((key, value) -> {
            if (!Tally.told(value)) {
                untold.add(key);
            }
        });
    }

    /** Remembers a list of rules under its version. */
    void know(String dataset, int version, List<String> ids) {
        String key = RULES + dataset + '|' + version;
        if (!rules.containsKey(key)) {
            rules.put(key, List.copyOf(ids));
            store.put(bytes(key), ("\1" + String.join("\n", ids)).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The rules of a version, none if nobody knows it any more. */
    List<String> rules(String dataset, int version) {
        return rules.computeIfAbsent(RULES + dataset + '|' + version, key -> {
            byte[] value = store.get(bytes(key));
            if (value == null) {
                return List.of();
            }
            StateFormat.check(value[0], (byte) 1);
            return List.of(new String(value, 1, value.length - 1, StandardCharsets.UTF_8).split("\n", -1));
        });
    }

    /** The tally at a place, by the rules of a version that is known. */
    Tally at(Tally.Place place, int version) {
        Tally tally = open.get(place.key());
        if (tally == null) {
            byte[] value = store.get(bytes(place.key()));
            tally = value == null ? null : decode(place, value);
        }
        List<String> ids = rules(place.dataset(), version);
        if (tally == null) {
            return new Tally(place, version, ids);
        }
        return tally.version() == version ? tally : tally.by(version, ids);
    }

    void save(Tally tally) {
        String key = tally.place().key();
        if (open.size() > OPEN) {
            open.clear();
        }
        open.put(key, tally);
        untold.add(key);
        store.put(bytes(key), tally.encode(false));
    }

    /** Tells what has changed, and forgets the days that are over the history. */
    void tell(long now, Telling telling) {
        for (String key : untold) {
            Tally tally = open.get(key);
            byte[] value = tally == null ? store.get(bytes(key)) : null;
            Tally known = tally == null && value != null ? decode(Tally.Place.parse(key), value) : tally;
            if (known != null) {
                QualityCount count = known.count();
                telling.tell(count.key(), count.bytes());
                store.put(bytes(key), known.encode(true));
            }
        }
        untold.clear();
        if (now - expired >= EXPIRE.toMillis()) {
            expired = now;
            expire(now, telling);
        }
    }

    private void expire(long now, Telling telling) {
        LocalDate oldest = Instant.ofEpochMilli(now)
                .minus(history)
                .atZone(QualityStage.ZONE)
                .toLocalDate();
        List<String> over = new ArrayList<>();
        each((key, value) -> {
            if (before(Tally.Place.parse(key).window(), oldest)) {
                over.add(key);
            }
        });
        for (String key : over) {
            Tally.Place place = Tally.Place.parse(key);
            telling.tell(QualityCount.key(place.dataset(), place.window(), place.part()), null);
            open.remove(key);
            store.delete(bytes(key));
        }
    }

    private static boolean before(String window, LocalDate oldest) {
        try {
            return LocalDate.parse(window).isBefore(oldest);
        } catch (DateTimeParseException e) {
            return false; // what is there now, and readings of whole tables, have no day
        }
    }

    private Tally decode(Tally.Place place, byte[] value) {
        return Tally.decode(place, value, rules(place.dataset(), Tally.version(value)));
    }

    @FunctionalInterface
    private interface Each {
        void see(String key, byte[] value);
    }

    private void each(Each each) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                String key = new String(entry.key.get(), StandardCharsets.UTF_8);
                if (!key.startsWith(RULES)) {
                    each.see(key, entry.value);
                }
            }
        }
    }

    private static Bytes bytes(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }
}
