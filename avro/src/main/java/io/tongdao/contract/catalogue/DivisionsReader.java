package io.tongdao.contract.catalogue;

import io.tongdao.contract.plan.Divisions;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads {@code divisions.csv} (code,name,level,parent) and {@code divisions_history.csv} (code,name,until,successor): codes in
 * force and retired ones (GB/T 2260). A code whose parent or successor is unknown is a problem.
 */
final class DivisionsReader {
    private static final String CURRENT = "divisions.csv";
    private static final String HISTORY = "divisions_history.csv";
    private static final Pattern CODE = Pattern.compile("\\d{6}");
    private final CatalogueFiles files;
    private final Problems problems;
    private final Collection<String> doubtful;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, String> parents = new HashMap<>();
    private final Map<String, String> successors = new HashMap<>();

    private DivisionsReader(CatalogueFiles files, Problems problems, Collection<String> doubtful) {
        this.files = files;
        this.problems = problems;
        this.doubtful = doubtful;
    }

    /** @param doubtful takes the names of files with rows that could not be read */
    static Divisions read(CatalogueFiles files, Problems problems, Collection<String> doubtful) {
        return new DivisionsReader(files, problems, doubtful).read();
    }

    private Divisions read() {
        List<Row> current = rows(CURRENT, "code,name,level,parent");
        current.forEach(row -> names.put(row.cell(0), row.cell(1)));
        for (Row row : current) {
            if (!row.cell(3).isEmpty()) {
                target(row, "parent", row.cell(3));
                parents.put(row.cell(0), row.cell(3));
            }
        }
        List<Row> history = rows(HISTORY, "code,name,until,successor");
        for (Row row : history) {
            if (!row.cell(3).isEmpty() && !row.cell(3).equals(row.cell(0))) {
                target(row, "successor", row.cell(3));
                successors.put(row.cell(0), row.cell(3));
            }
        }
        return new Divisions(Map.copyOf(names), Map.copyOf(parents), Map.copyOf(successors), retired(history));
    }

    private static Set<String> retired(List<Row> history) {
        return history.stream().map(row -> row.cell(0)).collect(Collectors.toUnmodifiableSet());
    }

    private void target(Row row, String column, String code) {
        if (!names.containsKey(code)) {
            problems.add(
                    row.at(),
                    CheckCode.DIVISION_UNKNOWN,
                    column + " " + code + " of " + row.cell(0) + " is not in " + CURRENT
                            + ": correct it or add the division");
        }
    }

    private List<Row> rows(String name, String header) {
        List<String> lines = files.lines(name);
        List<Row> rows = new java.util.ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Place at = new Place(files.shown(name), i + 1);
            Row row = new Row(at, lines.get(i).split(",", -1));
            if (i == 0
                    ? !lines.getFirst().equals(header)
                    : row.cells().length != 4 || !CODE.matcher(row.cell(0)).matches()) {
                doubtful.add(name);
                problems.add(
                        at,
                        CheckCode.CSV_SHAPE,
                        i == 0
                                ? "the first line names other columns: write " + header
                                : "a row is a 6-digit code and three more cells: correct it");
            } else if (i > 0) {
                rows.add(row);
            }
        }
        return rows;
    }

    private record Row(Place at, String[] cells) {
        String cell(int index) {
            return cells[index].strip();
        }
    }
}
