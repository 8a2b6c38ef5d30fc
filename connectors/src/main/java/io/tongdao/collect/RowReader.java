package io.tongdao.collect;

import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Policy;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Judges the rows of one table in one version of its columns: compiled to field positions, so that a row costs one pass and no look-up
 * by name.
 */
final class RowReader {
    /** What a record may hold beside its text: numbers, lengths, headers and the broker's own frame. */
    private static final int FRAME = 64 * 1024;

    private final @Nullable Field[] columns;
    private final @Nullable ItemReader[] readers;
    private final @Nullable ItemPlan[] items;
    private final boolean[] zeroable;
    private final Schema row;
    private final DatasetPlan dataset;
    private final DateDoubt doubt;
    private final RowKeys keys;

    /** @param lenient a column that is not there gives null: somebody watches the table's shape and holds its rows */
    RowReader(DatasetPlan dataset, List<String> positions, Schema row, DateDoubt doubt, boolean lenient) {
        this.dataset = dataset;
        this.doubt = doubt;
        this.row = row;
        zeroable = new boolean[positions.size()];
        columns = new Field[positions.size()];
        readers = new ItemReader[positions.size()];
        items = new ItemPlan[positions.size()];
        for (int i = 0; i < positions.size(); i++) {
            ItemPlan item = dataset.items().get(positions.get(i));
            if (item != null && !item.name().equals(SubjectPlan.ROLE_ITEM)) {
                Field column = Columns.find(row, item.sourceName());
                items[i] = item;
                if (column == null && lenient) {
                    continue;
                }
                if (column == null) {
                    throw new CollectException(
                            "%s: table %s has no column %s (item %s); correct source_name or the table"
                                    .formatted(dataset.id(), dataset.table(), item.sourceName(), item.name()));
                }
                columns[i] = column;
                readers[i] = ItemReader.of(item.type(), column.schema());
                zeroable[i] = doubt != DateDoubt.NONE && doubt.about(column.schema());
            }
        }
        keys = new RowKeys(dataset, positions, items);
    }

    /**
     * @param present whether the image is the row's newest state, so that the source can be asked about it
     * @param earlier the image before the change: has what the database did not send again
     * @param primaryKey the row's primary key, which tells rows apart where roles do and no row key is declared
     */
    RowImage read(Struct image, boolean present, @Nullable Struct earlier, Struct primaryKey) {
        return read(image, present, earlier, primaryKey, RowImage.ABSENT);
    }

    /** @param was what the image before the change gave: a value that did not change is not judged again */
    RowImage read(Struct image, boolean present, @Nullable Struct earlier, Struct primaryKey, RowImage was) {
        RowImage.Valid known =
                earlier != null && earlier.schema() == row && was instanceof RowImage.Valid valid ? valid : null;
        boolean sameKeys = known != null;
        @Nullable Object[] values = new Object[columns.length];
        int size = 0;
        boolean doubtful = false;
        String written = "";
        for (int i = 0; i < columns.length; i++) {
            Field column = columns[i];
            Object raw = raw(image, column);
            if (earlier != null && ItemReader.UNAVAILABLE.equals(raw)) {
                raw = raw(earlier, column);
            }
            boolean unchanged = known != null && earlier != null && Objects.equals(raw, raw(earlier, column));
            sameKeys &= unchanged || !keys.madeOf(i);
            if (zeroable[i] && (raw == null || Dates.standIn(column.schema(), raw))) {
                doubtful = true;
                if (present && doubt.zero(dataset, column, primaryKey)) {
                    return new RowImage.Invalid(items[i].name(), Rejected.NO_DATE.code());
                }
            }
            if (raw == null) {
                continue;
            }
            Object value = known != null && unchanged ? known.values()[i] : readers[i].read(raw);
            if (value instanceof Rejected rejected) {
                return new RowImage.Invalid(items[i].name(), rejected.code());
            }
            values[i] = value;
            written = keys.alone(i) ? raw.toString() : written;
            size += value instanceof String text ? utf8(text) : 0;
        }
        if (size > Policy.MAX_MESSAGE_BYTES - FRAME) {
            return new RowImage.Invalid("", Rejected.TOO_LARGE.code());
        }
        return known != null && sameKeys
                ? new RowImage.Valid(known.keys(), known.roles(), values, doubtful)
                : keys.of(values, written, doubtful, primaryKey);
    }

    /** By its position where no default could take the place of null; else by its name, which is slower. */
    private @Nullable Object raw(Struct image, @Nullable Field column) {
        if (column == null) {
            return null;
        }
        boolean byPosition = image.schema() == row && column.schema().defaultValue() == null;
        return byPosition ? image.get(column) : image.getWithoutDefault(column.name());
    }

    /** The length in UTF-8, exact only where it could matter. */
    private static int utf8(String text) {
        if (text.length() < FRAME / 8) {
            return text.length();
        }
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }
}
