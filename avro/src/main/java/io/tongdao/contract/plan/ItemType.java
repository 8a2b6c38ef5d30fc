package io.tongdao.contract.plan;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The type of an item: its form in Avro, and with it in Iceberg and SQL. In memory: text and codes are {@code String}, dates are
 * epoch days ({@code Integer}), timestamps local microseconds ({@code Long}), decimals {@code BigDecimal}.
 */
public sealed interface ItemType {
    /** @param length the longest value in characters */
    record Text(int length) implements ItemType {}

    record CitizenIdType() implements ItemType {}

    record CreditCodeType() implements ItemType {}

    /**
     * The number of a document; kept as text.
     *
     * @param document which kind it is of, and so its check
     */
    record DocumentType(int length, Document document) implements ItemType {
        /** Of a kind that nobody says. */
        public DocumentType(int length) {
            this(length, Document.BY_FORM);
        }
    }

    record DivisionType() implements ItemType {}

    /** @param standard the code table, for example {@code GB/T 2261.1} */
    record Code(String standard) implements ItemType {}

    record Date() implements ItemType {}

    record Timestamp() implements ItemType {}

    record Int() implements ItemType {}

    record BigInt() implements ItemType {}

    record Bool() implements ItemType {}

    record Decimal(int precision, int scale) implements ItemType {}

    /** The Avro type, not yet nullable. */
    default Schema avro() {
        return switch (this) {
            case Text t -> Schema.create(Schema.Type.STRING);
            case CitizenIdType t -> Schema.create(Schema.Type.STRING);
            case CreditCodeType t -> Schema.create(Schema.Type.STRING);
            case DocumentType t -> Schema.create(Schema.Type.STRING);
            case DivisionType t -> Schema.create(Schema.Type.STRING);
            case Code t -> Schema.create(Schema.Type.STRING);
            case Date t -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case Timestamp t -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case Int t -> Schema.create(Schema.Type.INT);
            case BigInt t -> Schema.create(Schema.Type.LONG);
            case Bool t -> Schema.create(Schema.Type.BOOLEAN);
            case Decimal t ->
                LogicalTypes.decimal(t.precision(), t.scale()).addToSchema(Schema.create(Schema.Type.BYTES));
        };
    }
}
