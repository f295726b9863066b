package io.sabot.benchmarks.nexmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The statements of one query: those that set up, then the INSERT.
 *
 * @param setup DDL in order
 * @param insert the statement that is timed
 */
record QueryScript(List<String> setup, String insert) {
    QueryScript {
        setup = List.copyOf(setup);
    }

    /** Reads {@code events.sql} and the query's file, with {@code ${NAME}} replaced. */
    static QueryScript load(String query, Map<String, String> variables) {
        List<String> statements = new ArrayList<>(statements("events.sql", variables));
        statements.addAll(statements(query + ".sql", variables));
        String insert = statements.remove(statements.size() - 1);
        return new QueryScript(statements, insert);
    }

    /**
     * What must be equal for the answer to be right, from the query's file in {@code check}: one SELECT, with which the query
     * is compared, or two; none when there is no file.
     */
    static List<String> check(String query, Map<String, String> variables) {
        String file = "check/" + query + ".sql";
        return QueryScript.class.getResource("/nexmark/" + file) == null ? List.of() : statements(file, variables);
    }

    /** The query without {@code INSERT INTO sink}. */
    String select() {
        return insert.substring(insert.indexOf("SELECT"));
    }

    private static List<String> statements(String file, Map<String, String> variables) {
        try (InputStream in = QueryScript.class.getResourceAsStream("/nexmark/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no query file nexmark/" + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)--.*$", "");
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                text = text.replace("${" + variable.getKey() + "}", variable.getValue());
            }
            return List.of(text.split(";\\s*(?:\\n|$)")).stream()
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
