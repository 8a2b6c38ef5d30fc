package io.tongdao.ops.verify;

import java.util.List;
import java.util.Map;

/**
 * The answer to one question.
 *
 * @param record the id under which it is on record
 * @param items item → word
 * @param disputed the items whose held value the sources dispute (异议标注)
 */
public record Answered(String record, Map<String, Word> items, List<String> disputed) {
    public Answered {
        items = Map.copyOf(items);
        disputed = List.copyOf(disputed);
    }

    /** Whether nothing was compared. */
    public boolean refused() {
        return items.containsValue(Word.REFUSED);
    }
}
