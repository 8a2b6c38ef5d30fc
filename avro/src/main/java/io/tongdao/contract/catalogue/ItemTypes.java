package io.tongdao.contract.catalogue;

import io.tongdao.contract.identity.DocumentKind;
import io.tongdao.contract.plan.Document;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.StandardPlan;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of the catalogue, as written: {@code string(50)}, {@code code(GB/T 2261.1)}, {@code decimal(12,2)}, … */
final class ItemTypes {
    static final String FORMS =
            "citizen_id, credit_code, organisation_code, registration_number, document(n), division, code(standard), string(n), date, timestamp, int, bigint,"
                    + " boolean or decimal(precision,scale)";
    private static final Pattern SIZED = Pattern.compile("(string|document)\\((\\d{1,6})\\)");
    private static final Pattern CODE = Pattern.compile("code\\(([^()]+)\\)");
    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}), ?(\\d{1,2})\\)");
    private static final int WIDEST_DECIMAL = 38;

    /** As written by agencies, a credit code in its place included. */
    private static final int ORGANISATION_CODE = 18;

    private static final int REGISTRATION_NUMBER = 18;

    private ItemTypes() {}

    /** The standard of a {@code code(…)}, with its version if it has one; empty for other types. */
    static String standard(String text) {
        Matcher code = CODE.matcher(text);
        return code.matches() ? code.group(1).strip() : "";
    }

    static Optional<ItemType> parse(String text) {
        return switch (text) {
            case "citizen_id" -> Optional.of(new ItemType.CitizenIdType());
            case "credit_code" -> Optional.of(new ItemType.CreditCodeType());
            case "organisation_code" -> Optional.of(document(ORGANISATION_CODE, DocumentKind.ORGANISATION_CODE));
            case "registration_number" -> Optional.of(document(REGISTRATION_NUMBER, DocumentKind.REGISTRATION_NUMBER));
            case "division" -> Optional.of(new ItemType.DivisionType());
            case "date" -> Optional.of(new ItemType.Date());
            case "timestamp" -> Optional.of(new ItemType.Timestamp());
            case "int" -> Optional.of(new ItemType.Int());
            case "bigint" -> Optional.of(new ItemType.BigInt());
            case "boolean" -> Optional.of(new ItemType.Bool());
            default -> parametrised(text);
        };
    }

    private static ItemType document(int length, DocumentKind kind) {
        return new ItemType.DocumentType(length, Document.of(kind));
    }

    private static Optional<ItemType> parametrised(String text) {
        Matcher sized = SIZED.matcher(text);
        if (sized.matches()) {
            int length = Integer.parseInt(sized.group(2));
            boolean string = sized.group(1).equals("string");
            return length == 0
                    ? Optional.empty()
                    : Optional.of(string ? new ItemType.Text(length) : new ItemType.DocumentType(length));
        }
        Matcher code = CODE.matcher(text);
        if (code.matches()) {
            return Optional.of(new ItemType.Code(StandardPlan.idOf(code.group(1).strip())));
        }
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            int precision = Integer.parseInt(decimal.group(1));
            int scale = Integer.parseInt(decimal.group(2));
            boolean sound = precision >= 1 && precision <= WIDEST_DECIMAL && scale <= precision;
            return sound ? Optional.of(new ItemType.Decimal(precision, scale)) : Optional.empty();
        }
        return Optional.empty();
    }
}
