package io.sabot.sqltests.logic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The records of one file that are meant for this engine.
 *
 * <p>{@code skipif NAME} and {@code onlyif NAME} select records by database. The suite knows no name for us. Of those it knows,
 * PostgreSQL is closest (typed columns and literals, division of integers gives an integer, strict GROUP BY), so records
 * are selected as for it, but for those that it skips because it wants an AS in front of a column's new name.
 */
public final class LogicFile {
    private static final String DATABASE = "postgresql";
    private static final String REQUIRES_AS = "requires AS";

    private final List<String> lines;
    private final List<LogicRecord> records = new ArrayList<>();
    private int next;

    private LogicFile(String text) {
        lines = text.lines().toList();
    }

    /** Reads all records, in order. Throws {@link IllegalArgumentException} at a line that is none. */
    public static List<LogicRecord> parse(String text) {
        LogicFile file = new LogicFile(text);
        file.readAll();
        return List.copyOf(file.records);
    }

    private void readAll() {
        boolean selected = true;
        while (next < lines.size()) {
            int start = next++;
            String[] words = words(lines.get(start));
            switch (words[0]) {
                case "", "hash-threshold" -> {}
                case "skipif" ->
                    selected &= !words[1].equals(DATABASE) || lines.get(start).contains(REQUIRES_AS);
                case "onlyif" -> selected &= words[1].equals(DATABASE);
                case "halt" -> {
                    if (selected) {
                        return;
                    }
                    selected = true;
                }
                case "statement" -> {
                    add(statement(start, words), selected);
                    selected = true;
                }
                case "query" -> {
                    add(query(start, words), selected);
                    selected = true;
                }
                default -> throw new IllegalArgumentException("line " + (start + 1) + " begins no record");
            }
        }
    }

    private void add(LogicRecord logicRecord, boolean selected) {
        if (selected) {
            records.add(logicRecord);
        }
    }

    private LogicRecord statement(int start, String[] words) {
        return new LogicRecord.Statement(start + 1, String.join("\n", until("")), words[1].equals("ok"));
    }

    private LogicRecord query(int start, String[] words) {
        String sql = String.join("\n", until("----"));
        LogicRecord.Order order = words.length < 3
                ? LogicRecord.Order.NOSORT
                : LogicRecord.Order.valueOf(words[2].toUpperCase(Locale.ROOT));
        return new LogicRecord.Query(start + 1, sql, words[1], order, until(""));
    }

    /** The lines before the next one that is equal to {@code end}, which is passed over. */
    private List<String> until(String end) {
        int start = next;
        while (next < lines.size()
                && !lines.get(next).equals(end)
                && !lines.get(next).isEmpty()) {
            next++;
        }
        List<String> found = lines.subList(start, next);
        if (next < lines.size()) {
            next++;
        }
        return found;
    }

    private static String[] words(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+");
    }
}
