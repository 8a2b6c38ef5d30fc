package io.tongdao.contract.catalogue;

import java.util.List;
import java.util.Map;

/** A YAML document as a tree that remembers its lines. Scalars stay as they were written: no type is guessed. */
sealed interface Node {
    Place at();

    record Scalar(Place at, String text) implements Node {}

    record Sequence(Place at, List<Node> nodes) implements Node {}

    record Mapping(Place at, Map<String, Entry> entries) implements Node {}

    /** @param at the key's place */
    record Entry(Place at, Node value) {}
}
