package io.sabot.sqltests;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What print sinks write on standard output and standard error while a statement runs. */
final class PrintedLines {
    private static final Pattern LINE = Pattern.compile("(?:.*> )?([+-][IUD])(\\[.*)");

    private PrintedLines() {}

    /** A statement. */
    @FunctionalInterface
    interface Run {
        void run() throws SQLException;
    }

    /** The lines that are printed while the statement runs. */
    static List<String> during(Run statement) throws SQLException {
        PrintStream out = System.out;
        PrintStream error = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream both = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(both);
            System.setErr(both);
            statement.run();
        } finally {
            System.setOut(out);
            System.setErr(error);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** What printed changes add up to, sorted, whoever printed them. */
    static List<String> folded(List<String> lines) {
        List<String> rows = new ArrayList<>();
        for (String line : lines) {
            Matcher change = LINE.matcher(line);
            if (!change.matches()) {
                rows.add(line);
            } else if (change.group(1).equals("+I") || change.group(1).equals("+U")) {
                rows.add(change.group(2));
            } else if (!rows.remove(change.group(2))) {
                rows.add("retracted " + change.group(2));
            }
        }
        return rows.stream().sorted().toList();
    }
}
