package io.tongdao.reconcile;

import io.tongdao.reconcile.rule.Held;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tasks tell each other about two identifiers that are one subject (art. 24), through the one repartition of their kind. A letter goes to
 * the partition of the subject {@link #to}; letters between two subjects come in the order in which they were written.
 */
sealed interface Letter {
    byte FORMAT = 1;

    String from();

    String to();

    /**
     * A row about {@code from} says that it was {@code to} before, or says so no longer.
     *
     * @param row {@code dataset|row}
     */
    record Named(String from, String to, String row, boolean on) implements Letter {}

    /**
     * {@code from} has become {@code to}, and so have these, by way of it.
     *
     * @param ancestors each with what it came by; null: it is so no longer
     */
    record Became(String from, String to, @Nullable Map<String, Set<String>> ancestors) implements Letter {}

    /**
     * A claim about {@code from} that is heard as one about {@code to}.
     *
     * @param row {@code dataset|row}
     * @param held null: it is heard no longer
     */
    record Moved(
            String from, String to, String row, @Nullable Held held) implements Letter {
        @Override
        public String toString() {
            return "Moved[***]";
        }
    }

    default byte[] toBytes() {
        return to().getBytes(StandardCharsets.UTF_8);
    }

    /** @param format of what rows say, as both tasks have it */
    default byte[] encode(HeldFormat format) {
        StateWriter out = new StateWriter().begin(FORMAT);
        switch (this) {
            case Named named ->
                out.octet('n').text(named.from).text(named.to).text(named.row).octet(named.on ? 1 : 0);
            case Became became -> {
                out.octet('b').text(became.from).text(became.to).octet(became.ancestors == null ? 0 : 1);
                LinkState.sets(became.ancestors == null ? Map.of() : became.ancestors, out);
            }
            case Moved moved ->
                out.octet('m')
                        .text(moved.from)
                        .text(moved.to)
                        .text(moved.row)
                        .octets(moved.held == null ? new byte[0] : format.encode(moved.held));
        }
        return out.end();
    }

    static Letter decode(byte[] bytes, HeldFormat format) {
        StateReader in = new StateReader(bytes, FORMAT);
        int type = in.octet();
        String from = in.text();
        String to = in.text();
        return switch (type) {
            case 'n' -> new Named(from, to, in.text(), in.octet() == 1);
            case 'b' -> became(from, to, in);
            case 'm' -> moved(from, to, in, format);
            default -> throw new IllegalStateException("a letter of unknown type " + type);
        };
    }

    private static Letter became(String from, String to, StateReader in) {
        boolean on = in.octet() == 1;
        Map<String, Set<String>> ancestors = LinkState.sets(in);
        return new Became(from, to, on ? ancestors : null);
    }

    private static Letter moved(String from, String to, StateReader in, HeldFormat format) {
        String row = in.text();
        byte[] held = in.octets();
        int bar = row.indexOf('|');
        ClaimKey key = new ClaimKey(row.substring(0, bar), row.substring(bar + 1));
        return new Moved(from, to, row, held.length == 0 ? null : format.decode(key, held));
    }
}
