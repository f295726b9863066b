package io.sabot.sqltests;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Rows as a text table, to and fro.
 *
 * <pre>
 * | id | name  |
 * |----|-------|
 * | 1  | Ada   |
 * | 2  | ' Bo' |   texts that would be mistaken for something else are quoted
 * </pre>
 *
 * @param rows texts of all values, row by row
 */
record RowTable(List<String> columns, List<List<String>> rows) {
    private static final String KIND_COLUMN = "op";
    private static final Comparator<List<String>> BY_TEXT = Comparator.comparing(Object::toString);

    RowTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** Reads all rows, or the first {@code rowsMax} of a result that does not end. */
    static RowTable read(ResultSet result, int rowsMax) throws SQLException {
        ResultSetMetaData metaData = result.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(metaData.getColumnLabel(i));
        }
        List<List<String>> rows = new ArrayList<>();
        while (rows.size() < rowsMax && result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(CellText.of(result, i, metaData.getColumnType(i)));
            }
            rows.add(row);
        }
        return new RowTable(columns, rows);
    }

    /** Reads what {@link #lines} has written; empty when that is something else. */
    static Optional<RowTable> parse(List<String> lines) {
        if (lines.size() < 2 || !lines.get(1).matches("\\|[-|]*\\|")) {
            return Optional.empty();
        }
        String rule = lines.get(1);
        List<Integer> bars = new ArrayList<>();
        for (int i = 0; i < rule.length(); i++) {
            if (rule.charAt(i) == '|') {
                bars.add(i);
            }
        }
        List<List<String>> cells = new ArrayList<>();
        for (String line : lines) {
            if (line.length() != rule.length()) {
                return Optional.empty();
            }
            List<String> row = new ArrayList<>();
            for (int i = 1; i < bars.size(); i++) {
                row.add(line.substring(bars.get(i - 1) + 1, bars.get(i)).strip());
            }
            cells.add(row);
        }
        return Optional.of(new RowTable(cells.get(0), cells.subList(2, cells.size())));
    }

    List<String> lines() {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = columns.get(i).length();
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(columns, widths));
        StringBuilder rule = new StringBuilder("|");
        for (int width : widths) {
            rule.append("-".repeat(width + 2)).append('|');
        }
        lines.add(rule.toString());
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(' ')
                    .append(cell)
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(" |");
        }
        return line.toString();
    }

    /** What changes add up to: the rows that are left, without their kinds. */
    RowTable folded() {
        if (columns.isEmpty() || !columns.get(0).equals(KIND_COLUMN)) {
            return this;
        }
        int width = columns.size();
        List<List<String>> left = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> values = row.subList(1, width);
            boolean adds = row.get(0).equals("+I") || row.get(0).equals("+U");
            if (adds) {
                left.add(values);
            } else if (!left.remove(values)) {
                throw new AssertionError("a change takes back a row that is not there: " + row);
            }
        }
        return new RowTable(columns.subList(1, width), left);
    }

    /** The same rows in an order of their own. */
    RowTable sorted() {
        List<List<String>> sorted = new ArrayList<>(rows);
        Collections.sort(sorted, BY_TEXT);
        return new RowTable(columns, sorted);
    }
}
