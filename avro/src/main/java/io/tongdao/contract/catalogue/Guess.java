package io.tongdao.contract.catalogue;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that makes its entries up when it is asked for them, in every shape by turns, so that readers take each of their ways. Its
 * outline tells which words a key may have.
 */
final class Guess extends AbstractMap<String, Node.Entry> {
    /** Stands for every name that an author may choose. */
    static final String ANY_NAME = "any_name";

    private static final Place PLACE = new Place("", 1);
    private static final List<String> TEXTS = List.of("", "x", "1", "2026-01-01", "P3Y", "none");
    private final Random random;
    private final Outline outline;
    private final Map<String, Optional<Node.Entry>> made = new HashMap<>();

    Guess(Random random, Outline outline) {
        this.random = random;
        this.outline = outline;
    }

    /** A document to be read. */
    static Fields document(String what, Random random, Outline outline) {
        outline.visit();
        Node.Mapping root = new Node.Mapping(PLACE, new Guess(random, outline));
        return new Fields(what, PLACE, root, new Problems(), outline);
    }

    @Override
    public Node.@Nullable Entry get(Object key) {
        return made.computeIfAbsent((String) key, name -> entry(outline.keys().get(name)))
                .orElse(null);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Entry<String, Node.Entry>> entrySet() {
        Node.Entry any = get(ANY_NAME);
        return any == null ? Set.of() : Set.of(Map.entry(ANY_NAME, any));
    }

    private Optional<Node.Entry> entry(Outline.@Nullable Key key) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(new Node.Entry(PLACE, node(key)));
    }

    private Node node(Outline.@Nullable Key key) {
        return switch (random.nextInt(4)) {
            case 0 -> mapping(key == null ? null : key.section());
            case 1 -> new Node.Sequence(PLACE, List.of(scalar(key), mapping(key == null ? null : key.listed())));
            default -> key == null || key.section() == null ? scalar(key) : mapping(key.section());
        };
    }

    private Node scalar(Outline.@Nullable Key key) {
        List<String> from = key == null || key.words().isEmpty() ? TEXTS : key.words();
        return new Node.Scalar(PLACE, from.get(random.nextInt(from.size())));
    }

    private Node mapping(@Nullable Outline of) {
        Outline within = of == null ? new Outline() : of;
        within.visit();
        return new Node.Mapping(PLACE, new Guess(random, within));
    }
}
