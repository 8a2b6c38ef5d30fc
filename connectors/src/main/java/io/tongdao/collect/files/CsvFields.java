package io.tongdao.collect.files;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of one line as the parser finds them, kept where a column was asked for; the same object for every line. */
final class CsvFields extends CsvCallbackHandler<CsvFields> {
    private final String absent;
    private final List<String> names = new ArrayList<>();
    /** Position → the first wanted column there, -1: none. */
    private int[] slots = {};
    /** Wanted column → the next one at the same position, -1: none. */
    private int[] more = {};

    private @Nullable String[] values = {};
    private boolean header;
    private boolean misquoted;
    private int count;
    private long line;

    /** @param absent what stands, unquoted, for no value */
    CsvFields(String absent) {
        this.absent = absent;
    }

    /** From now on every field is kept: the line names the columns. */
    void all() {
        header = true;
    }

    /** From now on those at these positions are kept. */
    void only(int[] positions, int columns) {
        header = false;
        slots = new int[columns];
        Arrays.fill(slots, -1);
        values = new String[positions.length];
        more = new int[positions.length];
        for (int i = 0; i < positions.length; i++) {
            more[i] = slots[positions[i]];
            slots[positions[i]] = i;
        }
    }

    List<String> names() {
        return names;
    }

    @Nullable
    String value(int wanted) {
        return values[wanted];
    }

    boolean misquoted() {
        return misquoted;
    }

    long line() {
        return line;
    }

    @Override
    protected RecordType getRecordType() {
        return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return count;
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        line = startingLineNumber;
        count = 0;
        misquoted = false;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
        if (!quoted && contains(buffer, offset, length)) {
            misquoted = true;
        }
        int at = count++;
        if (header) {
            names.add(new String(buffer, offset, length));
            return;
        }
        for (int slot = at < slots.length ? slots[at] : -1; slot >= 0; slot = more[slot]) {
            String text = new String(buffer, offset, length);
            values[slot] = !quoted && text.equals(absent) ? null : text;
        }
    }

    private static boolean contains(char[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] == '"') {
                return true;
            }
        }
        return false;
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
        throw new IllegalStateException("no comments were asked for");
    }

    @Override
    protected void setEmpty() {
        count = 0;
    }

    @Override
    protected CsvFields buildRecord() {
        return this;
    }
}
