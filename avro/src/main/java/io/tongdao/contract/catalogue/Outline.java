package io.tongdao.contract.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a reader has ever asked of a mapping at one place of a file: which keys, of which form, with which words, and in all cases or in some. */
final class Outline implements Asked {
    private final Map<String, Key> keys = new TreeMap<>();
    private int visits;

    /** What is known of one key. */
    static final class Key {
        private int required;
        private int seen;
        private boolean text;
        private boolean list;
        private String remedy = "";
        private @Nullable Pattern form;
        private @Nullable Outline section;
        private @Nullable Outline listed;
        private final TreeSet<String> words = new TreeSet<>();

        boolean text() {
            return text;
        }

        boolean list() {
            return list;
        }

        String remedy() {
            return remedy;
        }

        @Nullable
        Pattern form() {
            return form;
        }

        @Nullable
        Outline section() {
            return section;
        }

        @Nullable
        Outline listed() {
            return listed;
        }

        List<String> words() {
            return List.copyOf(words);
        }
    }

    Map<String, Key> keys() {
        return keys;
    }

    /** The keys that the reader wanted each time. */
    List<String> required() {
        return keys.entrySet().stream()
                .filter(key -> visits > 0 && key.getValue().required == visits)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A reader begins to read here. */
    void visit() {
        visits++;
    }

    private Key of(String key) {
        return keys.computeIfAbsent(key, name -> new Key());
    }

    @Override
    public void key(String key) {
        of(key);
    }

    @Override
    public void required(String key, String remedy) {
        Key of = of(key);
        if (of.seen != visits) {
            of.seen = visits;
            of.required++;
        }
        of.remedy = remedy;
    }

    @Override
    public void text(String key) {
        of(key).text = true;
    }

    @Override
    public void form(String key, Pattern form) {
        of(key).form = form;
    }

    @Override
    public void words(String key, Class<? extends Enum<?>> words) {
        Stream.of(words.getEnumConstants())
                .map(word -> word.name().toLowerCase(Locale.ROOT))
                .forEach(of(key).words::add);
    }

    @Override
    public void list(String key) {
        of(key).list = true;
    }

    @Override
    public Asked section(String key) {
        Key of = of(key);
        Outline section = of.section == null ? new Outline() : of.section;
        of.section = section;
        return section;
    }

    @Override
    public Asked listed(String key) {
        Key of = of(key);
        Outline listed = of.listed == null ? new Outline() : of.listed;
        of.listed = listed;
        return listed;
    }
}
