package io.tongdao.lakehouse.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a result as it streams; holds at most a page of it. */
public final class ResultPrinter {
    private static final int PAGE = 500;

    /** How a result is written. */
    public enum Format {
        /** For the eye: aligned columns, Han characters two wide. */
        TABLE,
        /** RFC 4180, with a header line; null is empty, text that is empty is {@code ""}. */
        CSV,
        /** One array of objects, one object a line. */
        JSON;

        /** @throws QueryRefused if there is no such format */
        public static Format parse(String name) {
            for (Format each : values()) {
                if (each.name().equalsIgnoreCase(name)) {
                    return each;
                }
            }
            throw new QueryRefused("no format " + name + ": table, csv or json");
        }
    }

    private final Format format;
    private final Appendable out;

    public ResultPrinter(Format format, Appendable out) {
        this.format = format;
        this.out = out;
    }

    /** Writes the result; the number of its rows. */
    public long print(ResultSet result) throws SQLException {
        try {
            List<String> names = names(result.getMetaData());
            return switch (format) {
                case TABLE -> table(result, names);
                case CSV -> csv(result, names);
                case JSON -> json(result, names);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the result", e);
        }
    }

    private static List<String> names(ResultSetMetaData columns) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnLabel(i));
        }
        return names;
    }

    private long csv(ResultSet result, List<String> names) throws SQLException, IOException {
        csvLine(names);
        long rows = 0;
        for (; result.next(); rows++) {
            csvLine(texts(result, names.size()));
        }
        return rows;
    }

    private void csvLine(List<? extends @Nullable String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.append(i == 0 ? "" : ",").append(csvCell(cells.get(i)));
        }
        out.append("\r\n");
    }

    private static String csvCell(@Nullable String cell) {
        if (cell == null) {
            return "";
        }
        return cell.isEmpty() || needsQuotes(cell) ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    private static boolean needsQuotes(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    private long json(ResultSet result, List<String> names) throws SQLException, IOException {
        out.append('[');
        long rows = 0;
        for (; result.next(); rows++) {
            out.append(rows == 0 ? "\n{" : ",\n{");
            for (int i = 0; i < names.size(); i++) {
                out.append(i == 0 ? "" : ",").append(Cells.quoted(names.get(i))).append(':');
                out.append(Cells.json(Cells.of(result, i + 1)));
            }
            out.append('}');
        }
        out.append(rows == 0 ? "]\n" : "\n]\n");
        return rows;
    }

    private long table(ResultSet result, List<String> names) throws SQLException, IOException {
        long rows = 0;
        List<List<@Nullable String>> page = page(result, names.size());
        int[] widths = widths(names, page);
        line(names, widths);
        rule(widths);
        while (!page.isEmpty()) {
            for (List<@Nullable String> each : page) {
                line(each, widths);
            }
            rows += page.size();
            page = page(result, names.size());
        }
        out.append(String.format(Locale.ROOT, "(%,d %s)%n", rows, rows == 1 ? "row" : "rows"));
        return rows;
    }

    private static List<List<@Nullable String>> page(ResultSet result, int columns) throws SQLException {
        List<List<@Nullable String>> page = new ArrayList<>();
        while (page.size() < PAGE && result.next()) {
            page.add(texts(result, columns));
        }
        return page;
    }

    private static List<@Nullable String> texts(ResultSet result, int columns) throws SQLException {
        List<@Nullable String> texts = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            texts.add(Cells.text(Cells.of(result, i)));
        }
        return texts;
    }

    private static int[] widths(List<String> names, List<List<@Nullable String>> page) {
        int[] widths = names.stream().mapToInt(Cells::width).toArray();
        for (List<@Nullable String> row : page) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Cells.width(shown(row.get(i))));
            }
        }
        return widths;
    }

    private void line(List<? extends @Nullable String> cells, int[] widths) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = shown(cells.get(i));
            line.append(i == 0 ? " " : " │ ").append(cell).repeat(" ", Math.max(0, widths[i] - Cells.width(cell)));
        }
        out.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }

    private void rule(int[] widths) throws IOException {
        for (int i = 0; i < widths.length; i++) {
            out.append(i == 0 ? "─" : "─┼─").append("─".repeat(widths[i]));
        }
        out.append(System.lineSeparator());
    }

    /** A cell on one line; a null is a dot, so that it is not taken for empty text. */
    private static String shown(@Nullable String cell) {
        return cell == null ? "·" : cell.replace("\n", "⏎").replace("\r", "");
    }
}
