package io.tongdao.compose;

import io.tongdao.contract.plan.BasePlan;
import io.tongdao.contract.plan.Divisions;
import io.tongdao.contract.plan.ThemePlan;
import io.tongdao.contract.plan.ThemePlan.Function;
import io.tongdao.contract.serde.WireFormat;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A thematic table compiled on field positions. One for each task: not thread-safe. */
final class Table {
    private static final int WIRE_HEAD = 5;
    private static final int COUNTY_CODE = 6;
    private final ThemePlan plan;
    private final Part own;
    private final List<Part> beside;
    private final List<Figure> figures;
    private final List<Link> links;
    private final Divisions divisions;
    private final int territory;
    private final List<String> names;
    private final Schema schema;
    private final int disputed;
    private final WireFormat.Writer writer;
    private final String definition;

    /** A figure over a subject's rows of a source, and where it goes. */
    record Figure(Source source, ThemePlan.Item item, int to) {
        @Nullable
        Object value(Rows rows, Subject subject) {
            return switch (item.function()) {
                case COUNT -> rows.tally(source, subject).rows();
                case SUM -> sum(rows.tally(source, subject));
                case LEAST, GREATEST -> rows.extreme(source, subject, item.sourceItem(), item.function());
                case VALUE -> throw new IllegalStateException("a value is no figure");
            };
        }

        /** Null where it is too large for the item's type, as where nothing is known. */
        private @Nullable Object sum(Tally tally) {
            BigDecimal sum = tally.sum(source.figures().sum(item.sourceItem()));
            if (sum == null) {
                return null;
            }
            if (item.type() instanceof io.tongdao.contract.plan.ItemType.Decimal(int precision, int scale)) {
                BigDecimal scaled = sum.setScale(scale);
                return scaled.precision() > precision ? null : scaled;
            }
            return sum.toBigInteger().bitLength() < Long.SIZE ? (Object) sum.longValueExact() : null;
        }
    }

    Table(
            ThemePlan plan,
            Part own,
            List<Part> beside,
            List<Figure> figures,
            List<Link> links,
            Divisions divisions,
            WireFormat wire) {
        this.plan = plan;
        this.own = own;
        this.beside = beside;
        this.figures = figures;
        this.links = links;
        this.divisions = divisions;
        this.territory = plan.territory().isEmpty() ? -1 : own.source().position(plan.territory());
        this.names = List.copyOf(plan.items().keySet());
        this.schema = plan.topic().schema();
        this.disputed = schema.getField(BasePlan.DISPUTED).pos();
        this.writer = wire.writer(plan.topic().valueSubject(), schema);
        this.definition = Fingerprint.of(described());
    }

    /** {@code database.table}. */
    String id() {
        return plan.id();
    }

    String topic() {
        return plan.topic().name();
    }

    Source rows() {
        return own.source();
    }

    List<Link> links() {
        return links;
    }

    /** Names all that decides what the table holds: a table of another definition is composed anew. */
    String definition() {
        return definition;
    }

    /** Whether a row belongs to the table: at the province all do, below it those in the territory by the codes in force. */
    boolean holds(GenericRecord row) {
        return territory < 0
                || (row.get(territory) instanceof String code
                        && divisions.within(
                                code.length() > COUNTY_CODE ? code.substring(0, COUNTY_CODE) : code, plan.division()));
    }

    /** @param answers of the links, in their order */
    byte[] encode(GenericRecord row, Rows rows, Subject subject, List<Part.Values> answers) {
        Part.Values values = Part.Values.none(names.size());
        own.fill(row, values);
        beside.forEach(part -> part.fill(rows.speaker(part.source(), subject), values));
        figures.forEach(figure -> values.items()[figure.to()] = figure.value(rows, subject));
        for (int i = 0; i < links.size(); i++) {
            links.get(i).fill(answers.get(i), values);
        }
        GenericRecord record = new GenericData.Record(schema);
        for (int i = 0; i < values.items().length; i++) {
            record.put(i, values.items()[i]);
        }
        record.put(disputed, values.disputedNames(names));
        return writer.encode(record);
    }

    /** Names the content of an encoded row: two of equal digest need no second emission. */
    static byte[] digest(byte[] encoded) {
        return Fingerprint.of(encoded, WIRE_HEAD);
    }

    /** Whether a row shows something of its subject's other rows of a source, or a figure over them. */
    boolean beside(Source source) {
        return beside.stream().anyMatch(part -> part.source() == source)
                || figures.stream().anyMatch(figure -> figure.source() == source);
    }

    /** What of same-subject sources a row shows: it is composed anew only where that changed. */
    List<@Nullable Object> view(Source source, Rows rows, Subject subject) {
        List<@Nullable Object> view = new ArrayList<>();
        for (Part part : beside) {
            if (part.source() == source) {
                Part.Values values = Part.Values.none(names.size());
                part.fill(rows.speaker(source, subject), values);
                view.add(values);
            }
        }
        for (Figure figure : figures) {
            if (figure.source() == source) {
                view.add(figure.value(rows, subject));
            }
        }
        return view;
    }

    private String described() {
        StringBuilder text = new StringBuilder(plan.rows()).append(' ').append(schema);
        for (ThemePlan.Item item : plan.items().values()) {
            text.append('\n')
                    .append(item.name())
                    .append(' ')
                    .append(item.type())
                    .append(' ');
            text.append(item.function()).append(' ').append(item.source()).append(' ');
            text.append(item.sourceItem()).append(' ').append(item.by());
        }
        text.append('\n').append(plan.territory());
        if (territory >= 0) {
            TreeSet<String> codes = new TreeSet<>(divisions.names().keySet());
            codes.addAll(divisions.retired());
            codes.removeIf(code -> !divisions.within(code, plan.division()));
            text.append(plan.division()).append(codes);
        }
        return text.toString();
    }

    static boolean figure(ThemePlan.Item item) {
        return item.function() != Function.VALUE;
    }
}
