package io.tongdao.ops.province;

import io.tongdao.contract.identity.SubjectKind;
import io.tongdao.contract.plan.DatasetPlan;
import io.tongdao.contract.plan.ItemPlan;
import io.tongdao.contract.plan.ItemType;
import io.tongdao.contract.plan.SubjectPlan;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one dataset from its agency's database as the catalogue says it is to be read: what is valid, and what must be rejected. */
final class SourceRows {
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final int FETCH = 2_000;
    private static final Pattern OLD = Pattern.compile("[0-9]{15}");

    private final DatasetPlan dataset;
    private final AgencyTable table;
    private final List<ItemPlan> items;

    SourceRows(DatasetPlan dataset) {
        this.dataset = dataset;
        this.table = AgencyTable.of(dataset.id())
                .orElseThrow(() -> new IllegalArgumentException("the sample province has no dataset " + dataset.id()));
        this.items = dataset.items().values().stream()
                .filter(item -> !item.name().equals(SubjectPlan.ROLE_ITEM))
                .toList();
    }

    String dataset() {
        return dataset.id();
    }

    /** Whether the sample province holds a dataset. */
    static boolean known(String dataset) {
        return AgencyTable.of(dataset).isPresent();
    }

    /** A value that can't be taken over, so that its row is rejected. */
    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;
        private final String item;

        Unfit(String item) {
            super(item, null, false, false);
            this.item = item;
        }
    }

    /** @param rejected hears the item at fault of each bad row */
    void read(ProvinceDatabases databases, Consumer<Claimed> claimed, Consumer<String> rejected) throws SQLException {
        String columns = Stream.concat(items.stream().map(ItemPlan::sourceName), table.key().stream())
                .collect(Collectors.joining(", "));
        try (Connection connection = databases.open(table)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH);
                try (ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM " + table.table())) {
                    while (rows.next()) {
                        try {
                            claims(values(rows), old(rows) ? primaryKey(rows) : "")
                                    .forEach(claimed);
                        } catch (Unfit unfit) {
                            rejected.accept(unfit.item);
                        }
                    }
                }
            }
            connection.rollback();
        }
    }

    private Map<String, @Nullable String> values(ResultSet rows) throws SQLException, Unfit {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            ItemPlan item = items.get(i);
            values.put(item.name(), value(rows, i + 1, item));
        }
        return values;
    }

    private static @Nullable String value(ResultSet rows, int column, ItemPlan item) throws SQLException, Unfit {
        return switch (item.type()) {
            case ItemType.CitizenIdType t -> identifier(rows.getString(column), item, SubjectKind.PERSON);
            case ItemType.CreditCodeType t -> identifier(rows.getString(column), item, SubjectKind.ORGANISATION);
            case ItemType.DocumentType t -> document(rows.getString(column));
            case ItemType.Date t -> date(rows.getObject(column, LocalDate.class), item);
            case ItemType.Decimal t -> Canonical.text(rows.getBigDecimal(column));
            case ItemType.Code t -> trimmed(rows.getString(column));
            case ItemType.DivisionType t -> trimmed(rows.getString(column));
            case ItemType.Text t -> rows.getString(column);
            case ItemType.Timestamp t -> Canonical.text(rows.getTimestamp(column));
            case ItemType.Int t -> Canonical.text(rows.getBigDecimal(column));
            case ItemType.BigInt t -> Canonical.text(rows.getBigDecimal(column));
            case ItemType.Bool t -> {
                BigDecimal number = rows.getBigDecimal(column);
                yield number == null ? null : Boolean.toString(number.signum() != 0);
            }
        };
    }

    /** A document of a kind that another item tells is checked only where it is a subject's. */
    private static @Nullable String document(@Nullable String text) {
        return text == null || text.isBlank() ? null : RightNumbers.normal(text);
    }

    private static @Nullable String identifier(@Nullable String text, ItemPlan item, SubjectKind kind) throws Unfit {
        return text == null || text.isBlank() ? null : right(text, item.name(), kind);
    }

    private static String right(String text, String item, SubjectKind kind) throws Unfit {
        String number = switch (kind) {
            case PERSON -> RightNumbers.citizen(text);
            case ORGANISATION -> RightNumbers.credit(text);
            case PLACE, OTHER -> text.isBlank() ? null : RightNumbers.normal(text);
        };
        if (number == null) {
            throw new Unfit(item);
        }
        return number;
    }

    private static @Nullable String date(@Nullable LocalDate date, ItemPlan item) throws Unfit {
        if (date != null && (date.isBefore(FIRST) || date.isAfter(LAST))) {
            throw new Unfit(item.name());
        }
        return date == null ? null : date.toString();
    }

    private static @Nullable String trimmed(@Nullable String text) {
        return text == null ? null : text.stripTrailing();
    }

    /** Whether a row of its own stands under a person's number as it was written with 15 digits, which two people may share. */
    private boolean old(ResultSet rows) throws SQLException {
        SubjectPlan subject = dataset.subjects().getFirst();
        boolean alone = dataset.subjects().size() == 1 && dataset.rowKey().isEmpty();
        for (int i = 0; alone && i < items.size(); i++) {
            if (items.get(i).name().equals(subject.item()) && subject.kind() == SubjectKind.PERSON) {
                String text = rows.getString(i + 1);
                return text != null && OLD.matcher(RightNumbers.normal(text)).matches();
            }
        }
        return false;
    }

    private String primaryKey(ResultSet rows) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < table.key().size(); i++) {
            parts.add(String.valueOf(trimmed(rows.getString(items.size() + 1 + i))));
        }
        return String.join(":", parts);
    }

    /** @param apart what tells the row apart where its number can't, or empty */
    private List<Claimed> claims(Map<String, @Nullable String> values, String apart) throws Unfit {
        List<Claimed> claims = new ArrayList<>();
        boolean roles = dataset.subjects().size() > 1;
        String asOf = values.get(dataset.asOf());
        for (SubjectPlan subject : dataset.subjects()) {
            if (!subject.when().holds(values.get(subject.when().item()))) {
                continue;
            }
            String text = values.get(subject.item());
            if (text == null) {
                throw new Unfit(subject.item());
            }
            Map<String, @Nullable String> own = values;
            if (roles) {
                own = new LinkedHashMap<>(values);
                own.put(SubjectPlan.ROLE_ITEM, subject.role());
            }
            String id = prefix(subject) + right(text, subject.item(), subject.kind());
            String row = apart.isEmpty() ? row(subject, values) : apart;
            claims.add(
                    new Claimed(dataset.id(), subject.kind(), id, subject.role(), row, asOf == null ? "" : asOf, own));
        }
        if (claims.isEmpty()) {
            throw new Unfit(dataset.subjects().getFirst().when().item());
        }
        return claims;
    }

    /** Places and other things: numbers of different codes may be the same. */
    private static String prefix(SubjectPlan subject) {
        return subject.code().isEmpty() ? "" : subject.kind().word() + ":" + subject.code() + ":";
    }

    private String row(SubjectPlan subject, Map<String, @Nullable String> values) throws Unfit {
        List<String> parts = new ArrayList<>();
        if (dataset.subjects().size() > 1) {
            parts.add(subject.role());
        }
        for (String item : dataset.rowKey()) {
            String value = values.get(item);
            if (value == null) {
                throw new Unfit(item);
            }
            parts.add(value);
        }
        return String.join(":", parts);
    }
}
