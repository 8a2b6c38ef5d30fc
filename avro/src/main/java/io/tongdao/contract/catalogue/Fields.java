package io.tongdao.contract.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping while it is being read. Each key that is asked for becomes known; {@link #end} reports the others ("did you mean") and
 * what is missing, but not as missing what was only misspelt. Readers get a stand-in for what is wrong and go on.
 */
final class Fields {
    private final String what;
    private final Place at;
    private final Map<String, Node.Entry> entries;
    private final Problems problems;
    private final Asked asked;
    private final TreeSet<String> known = new TreeSet<>();
    private final Map<String, Runnable> missing = new LinkedHashMap<>();

    /** @param what names the mapping in messages: {@code dataset}, {@code item full_name}, … */
    Fields(String what, Place at, Node node, Problems problems) {
        this(what, at, node, problems, Asked.NOBODY);
    }

    /** @param asked hears of every key that is asked for */
    Fields(String what, Place at, Node node, Problems problems, Asked asked) {
        this.what = what;
        this.at = at;
        this.problems = problems;
        this.asked = asked;
        if (node instanceof Node.Mapping mapping) {
            this.entries = mapping.entries();
        } else {
            this.entries = Map.of();
            problem(at, CheckCode.VALUE_SHAPE, what + " is a mapping: write {key: value, …} or indented lines");
        }
    }

    Place at() {
        return at;
    }

    /** What it is, for messages. */
    String what() {
        return what;
    }

    Place at(String key) {
        Node.Entry entry = entries.get(key);
        return entry == null ? at : entry.at();
    }

    void problem(Place place, CheckCode code, String text) {
        problems.add(place, code, text);
    }

    boolean has(String key) {
        return entry(key) != null;
    }

    /** The text of a key that must be there; empty after a problem. */
    String text(String key) {
        return require(key, CheckCode.KEY_MISSING, what + " lacks \"" + key + "\": add it");
    }

    /** An element that art. 15 demands of every catalogue entry. */
    String element(String key, String chinese) {
        return require(
                key,
                CheckCode.ELEMENT_MISSING,
                what + " lacks \"" + key + "\" (" + chinese + "), an element of art. 15: add it");
    }

    String require(String key, CheckCode code, String text) {
        asked.required(key, text);
        Node.Entry entry = entry(key);
        String value = optional(key);
        if (entry == null) {
            missing.put(key, () -> problem(at, code, text));
        } else if (value.isEmpty() && entry.value() instanceof Node.Scalar) {
            problem(entry.at(), code, text);
        }
        return value;
    }

    String optional(String key) {
        asked.text(key);
        Node.Entry entry = entry(key);
        if (entry == null) {
            return "";
        }
        if (entry.value() instanceof Node.Scalar scalar) {
            return scalar.text().strip();
        }
        problem(
                entry.at(),
                CheckCode.VALUE_SHAPE,
                "\"" + key + "\" of " + what + " is a list or mapping: write one value");
        return "";
    }

    /** A name of the given form. */
    String id(String key, Pattern form) {
        return checked(key, text(key), form);
    }

    String checked(String key, String value, Pattern form) {
        asked.form(key, form);
        if (!value.isEmpty() && !form.matcher(value).matches()) {
            problem(at(key), CheckCode.ID_FORM, "\"" + value + "\" is not a name here: " + Ids.rule(form));
            return "";
        }
        return value;
    }

    Ref ref(String key) {
        return new Ref(text(key), at(key));
    }

    Ref optionalRef(String key) {
        return new Ref(optional(key), at(key));
    }

    /** A list of names; absent is empty. */
    List<Ref> refs(String key) {
        asked.list(key);
        Node.Entry entry = entry(key);
        return entry == null ? List.of() : refs(key, entry.value());
    }

    /** A list that must be there and name something. */
    List<Ref> refs(String key, CheckCode code, String text) {
        asked.required(key, text);
        Node.Entry entry = entry(key);
        if (entry == null) {
            missing.put(key, () -> problem(at, code, text));
        } else if (entry.value() instanceof Node.Sequence list && list.nodes().isEmpty()) {
            problem(entry.at(), code, text);
        }
        return refs(key);
    }

    List<Ref> refs(String key, Node node) {
        if (!(node instanceof Node.Sequence sequence)) {
            problem(node.at(), CheckCode.VALUE_SHAPE, "\"" + key + "\" of " + what + " is a list: write [a, b]");
            return List.of();
        }
        List<Ref> refs = new ArrayList<>();
        for (Node child : sequence.nodes()) {
            if (child instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
                refs.add(new Ref(scalar.text().strip(), child.at()));
            } else {
                problem(child.at(), CheckCode.VALUE_SHAPE, "\"" + key + "\" of " + what + " lists names");
            }
        }
        return refs;
    }

    /** One of a closed set of words; the stand-in after a problem. */
    <E extends Enum<E>> E word(String key, E standIn, CheckCode missingCode, String missingText) {
        asked.words(key, standIn.getDeclaringClass());
        String value = require(key, missingCode, missingText);
        return value.isEmpty() ? standIn : Typed.word(this, key, value, standIn);
    }

    <E extends Enum<E>> E optionalWord(String key, E standIn) {
        asked.words(key, standIn.getDeclaringClass());
        String value = optional(key);
        return value.isEmpty() ? standIn : Typed.word(this, key, value, standIn);
    }

    /** The mapping under a key that must be there, or null after a problem. */
    @Nullable
    Fields section(String key, CheckCode code, String text) {
        asked.required(key, text);
        if (entry(key) == null) {
            missing.put(key, () -> problem(at, code, text));
        }
        return optionalSection(key);
    }

    @Nullable
    Fields optionalSection(String key) {
        Asked within = asked.section(key);
        Node.Entry entry = entry(key);
        return entry == null ? null : new Fields(key + " of " + what, entry.at(), entry.value(), problems, within);
    }

    /** The entries of a mapping whose keys are names that the author chooses; {@code kind} names them in messages. */
    List<Fields> named(String key, String kind, CheckCode code, String text) {
        Fields section = section(key, code, text);
        return section == null ? List.of() : section.named(kind);
    }

    List<Fields> named(String kind) {
        known.addAll(entries.keySet());
        return entries.entrySet().stream()
                .map(e -> new Fields(
                        kind + " " + e.getKey(),
                        e.getValue().at(),
                        e.getValue().value(),
                        problems,
                        asked.section(e.getKey())))
                .toList();
    }

    /** The mappings of a list; absent is empty. */
    List<Fields> listed(String key, String kind) {
        Asked within = asked.listed(key);
        Node.Entry entry = entry(key);
        if (entry == null) {
            return List.of();
        }
        if (!(entry.value() instanceof Node.Sequence sequence)) {
            problem(entry.at(), CheckCode.VALUE_SHAPE, "\"" + key + "\" of " + what + " is a list: write - {…}");
            return List.of();
        }
        return sequence.nodes().stream()
                .map(node -> new Fields(kind + " of " + what, node.at(), node, problems, within))
                .toList();
    }

    /** Notes that a key's text has a form. */
    void form(String key, Pattern form) {
        asked.form(key, form);
    }

    /** Names with plain texts, chosen by the author. */
    Map<String, Ref> texts() {
        Map<String, Ref> texts = new LinkedHashMap<>();
        entries.keySet().forEach(key -> texts.put(key, new Ref(text(key), at(key))));
        return texts;
    }

    /** The last word of {@link #what}: the name of a {@link #named} entry. */
    String name() {
        return what.substring(what.lastIndexOf(' ') + 1);
    }

    @Nullable
    Node node(String key) {
        Node.Entry entry = entry(key);
        return entry == null ? null : entry.value();
    }

    private Node.@Nullable Entry entry(String key) {
        known.add(key);
        asked.key(key);
        return entries.get(key);
    }

    /** To be called when all keys have been asked for. */
    void end() {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                Nearest.to(key, known).ifPresent(missing::remove);
                problem(entry.at(), CheckCode.KEY_UNKNOWN, what + " has no \"" + key + "\"" + Nearest.hint(key, known));
            }
        });
        missing.values().forEach(Runnable::run);
    }
}
