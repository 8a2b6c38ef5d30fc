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
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The keys of a dataset's rows, one for each subject that a row has: compiled to positions in the topic's schema. */
final class RowKeys {
    private final @Nullable ItemPlan[] items;
    private final List<KeyMaker> makers = new ArrayList<>();
    private final boolean[] madeOf;
    private final boolean[] alone;

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

    RowKeys(DatasetPlan dataset, List<String> positions, @Nullable ItemPlan[] items) {
        this.items = items;
        madeOf = new boolean[positions.size()];
        alone = new boolean[positions.size()];
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
            maker.positions().forEach(position -> madeOf[position] = true);
            makers.add(maker);
        }
    }

    /** Whether a row's keys are made of the value at a position. */
    boolean madeOf(int position) {
        return madeOf[position];
    }

    /** Whether a subject's number stands alone in the key, so that it matters how it was written. */
    boolean alone(int position) {
        return alone[position];
    }

    /**
     * @param values of the row, by position
     * @param written the number that stands alone in the key, as the source has it
     */
    RowImage of(@Nullable Object[] values, String written, boolean doubtful, Struct primaryKey) {
        List<byte[]> made = new ArrayList<>(makers.size());
        List<String> roles = new ArrayList<>(makers.size());
        for (KeyMaker maker : makers) {
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
                ? new RowImage.Invalid(makers.getFirst().subject().when().item(), Rejected.NO_SUBJECT.code())
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
}
