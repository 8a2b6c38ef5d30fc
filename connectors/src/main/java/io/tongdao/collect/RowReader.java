package io.tongdao.collect;

import io.tongdao.contract.identity.IdentifierText;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.identity.SubjectKey;
import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.Identifier;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.SubjectPlan;
import io.tongdao.contract.topic.Policy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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
    /** What a row's keys are made of. */
    private final boolean[] keyed;

    private final Schema row;
    /** Where a subject's number stands alone in the key, so that it matters how it was written. */
    private final boolean[] alone;

    private final DatasetPlan dataset;
    private final DateDoubt doubt;
    private final List<KeyMaker> keys = new ArrayList<>();

    /** Positions; negative for what the document needs no other item for. */
    private record KeyMaker(
            Identifier by, SubjectPlan subject, int identifier, int type, int nationality, int when, int[] rowItems) {
        String item() {
            return by.item();
        }

        String role() {
            return subject.role();
        }

        IntStream positions() {
            return IntStream.concat(IntStream.of(identifier, type, nationality, when), IntStream.of(rowItems))
                    .filter(position -> position >= 0);
        }

        boolean applies(@Nullable Object[] values) {
            return when < 0 || subject.when().holds(values[when]);
        }
    }

    /** @param lenient a column that is not there gives null: somebody watches the table's shape and holds its rows */
    RowReader(DatasetPlan dataset, List<String> positions, Schema row, DateDoubt doubt, boolean lenient) {
        this.dataset = dataset;
        this.doubt = doubt;
        this.row = row;
        keyed = new boolean[positions.size()];
        zeroable = new boolean[positions.size()];
        alone = new boolean[positions.size()];
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
        int[] rowItems = dataset.rowKey().stream().mapToInt(positions::indexOf).toArray();
        for (SubjectPlan subject : dataset.subjects()) {
            if (!dataset.items().containsKey(subject.item())) {
                throw new CollectException(dataset.id() + ": the subject's item " + subject.item() + " is not an item");
            }
            Identifier by = Identifier.of(subject, dataset.items());
            int identifier = positions.indexOf(by.item());
            alone[identifier] |= rowItems.length == 0 && subject.role().isEmpty();
            KeyMaker maker = new KeyMaker(
                    by,
                    subject,
                    identifier,
                    positions.indexOf(by.typeItem()),
                    positions.indexOf(by.nationalityItem()),
                    positions.indexOf(subject.when().item()),
                    rowItems);
            maker.positions().forEach(position -> keyed[position] = true);
            keys.add(maker);
        }
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
            sameKeys &= unchanged || !keyed[i];
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
            written = alone[i] ? raw.toString() : written;
            size += value instanceof String text ? utf8(text) : 0;
        }
        if (size > Policy.MAX_MESSAGE_BYTES - FRAME) {
            return new RowImage.Invalid("", Rejected.TOO_LARGE.code());
        }
        return known != null && sameKeys
                ? new RowImage.Valid(known.keys(), known.roles(), values, doubtful)
                : keyed(values, written, doubtful, primaryKey);
    }

    /** By its position where no default could take the place of null; else by its name, which is slower. */
    private @Nullable Object raw(Struct image, @Nullable Field column) {
        if (column == null) {
            return null;
        }
        boolean byPosition = image.schema() == row && column.schema().defaultValue() == null;
        return byPosition ? image.get(column) : image.getWithoutDefault(column.name());
    }

    private RowImage keyed(@Nullable Object[] values, String written, boolean doubtful, Struct primaryKey) {
        List<byte[]> made = new ArrayList<>(keys.size());
        List<String> roles = new ArrayList<>(keys.size());
        for (KeyMaker maker : keys) {
            if (!maker.applies(values)) {
                continue;
            }
            Object identifier = values[maker.identifier];
            if (identifier == null) {
                return new RowImage.Invalid(maker.item(), Rejected.NO_IDENTIFIER.code());
            }
            List<String> components = new ArrayList<>(maker.rowItems.length + 1);
            if (!maker.role().isEmpty()) {
                components.add(maker.role());
            }
            for (int item : maker.rowItems) {
                Object value = values[item];
                if (value == null) {
                    return new RowImage.Invalid(items[item].name(), Rejected.NO_ROW_KEY.code());
                }
                components.add(component(items[item].type(), value));
            }
            if (!maker.role().isEmpty() && maker.rowItems.length == 0) {
                addPrimaryKey(primaryKey, components);
            }
            switch (maker.by.key(identifier, at(values, maker.type), at(values, maker.nationality))) {
                case Parsed.Valid<String> subject -> {
                    if (shared(maker, written, subject.value())) {
                        addPrimaryKey(primaryKey, components);
                    }
                    made.add((components.isEmpty()
                                    ? SubjectKey.of(subject.value())
                                    : SubjectKey.of(subject.value(), components))
                            .bytes());
                    roles.add(maker.role());
                }
                case Parsed.Invalid<String> none -> {
                    return new RowImage.Invalid(maker.item(), none.code());
                }
            }
        }
        return made.isEmpty()
                ? new RowImage.Invalid(keys.getFirst().subject().when().item(), Rejected.NO_SUBJECT.code())
                : new RowImage.Valid(made, roles, values, doubtful);
    }

    /**
     * Whether more than one person may have the number as it was written: one of 15 digits is not unique, and the source's own constraint
     * does not tell it from the 18 characters that it stands for. The row is then told apart by its primary key, so that it never takes the
     * place of another's (decision 0231).
     */
    private boolean shared(KeyMaker maker, String written, String subject) {
        return alone[maker.identifier]
                && maker.subject.kind() == SubjectKind.PERSON
                && subject.indexOf(':') < 0
                && !IdentifierText.normalise(written).equals(subject);
    }

    private static void addPrimaryKey(Struct primaryKey, List<String> components) {
        primaryKey.schema().fields().forEach(field -> components.add(RowDigest.text(primaryKey.get(field))));
    }

    private static @Nullable Object at(@Nullable Object[] values, int position) {
        return position < 0 ? null : values[position];
    }

    private static String component(ItemType type, Object value) {
        return switch (value) {
            case Integer days
            when type instanceof ItemType.Date -> LocalDate.ofEpochDay(days).toString();
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
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
