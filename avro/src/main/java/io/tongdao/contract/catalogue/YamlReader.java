package io.tongdao.contract.catalogue;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads one YAML file into a {@link Node} tree. A file that can't be read is one problem and hides none in other files. */
final class YamlReader {
    private final String file;
    private final Problems problems;
    private final IdentityHashMap<org.yaml.snakeyaml.nodes.Node, Node> anchored = new IdentityHashMap<>();

    private YamlReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    static Optional<Node.Mapping> read(String file, String text, Problems problems) {
        return new YamlReader(file, problems).document(text);
    }

    private Optional<Node.Mapping> document(String text) {
        try {
            LoaderOptions options = new LoaderOptions();
            ParserImpl parser = new ParserImpl(new StreamReader(text), options);
            org.yaml.snakeyaml.nodes.Node root = new Composer(parser, new OnlyNull(), options).getSingleNode();
            if (root != null && node(root) instanceof Node.Mapping mapping) {
                return Optional.of(mapping);
            }
            problems.add(
                    new Place(file, 1), CheckCode.YAML_SYNTAX, "the file is not a mapping: begin with \"key: value\"");
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(
                    new Place(file, line),
                    CheckCode.YAML_SYNTAX,
                    "not readable as YAML: " + e.getProblem() + "; mind indentation, and quote values with : # { or [");
        } catch (YAMLException e) {
            problems.add(
                    new Place(file, 1),
                    CheckCode.YAML_SYNTAX,
                    "not readable as YAML: a character that YAML does not allow");
        }
        return Optional.empty();
    }

    /** Guesses no type of a scalar but that nothing stands there. */
    private static final class OnlyNull extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }

    private Node node(org.yaml.snakeyaml.nodes.Node from) {
        Place at = new Place(file, from.getStartMark().getLine() + 1);
        if (from.getAnchor() == null) {
            return plain(at, from);
        }
        Node before = anchored.putIfAbsent(from, new Node.Scalar(at, ""));
        if (before == null) {
            problems.add(
                    at, CheckCode.YAML_ANCHOR, "anchors are not used here: write the value out wherever it stands");
            before = plain(at, from);
            anchored.put(from, before);
        }
        return before;
    }

    private Node plain(Place at, org.yaml.snakeyaml.nodes.Node from) {
        return switch (from) {
            case MappingNode mapping -> mapping(at, mapping);
            case SequenceNode sequence -> sequence(at, sequence);
            case ScalarNode scalar -> new Node.Scalar(at, Tag.NULL.equals(scalar.getTag()) ? "" : scalar.getValue());
            default -> throw new IllegalStateException("a YAML node of kind " + from.getNodeId());
        };
    }

    private Node sequence(Place at, SequenceNode from) {
        List<Node> nodes = new ArrayList<>();
        from.getValue().forEach(child -> nodes.add(node(child)));
        return new Node.Sequence(at, nodes);
    }

    private Node mapping(Place at, MappingNode from) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : from.getValue()) {
            Place keyAt = new Place(file, tuple.getKeyNode().getStartMark().getLine() + 1);
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            Node.Entry before = entries.putIfAbsent(key, new Node.Entry(keyAt, node(tuple.getValueNode())));
            if (before != null) {
                problems.add(
                        keyAt,
                        CheckCode.YAML_DUPLICATE_KEY,
                        "\"" + key + "\" stands here already in line "
                                + before.at().line() + ": keep one of them");
            }
        }
        return new Node.Mapping(at, entries);
    }
}
