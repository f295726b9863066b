package io.sabot.benchmarks.nexmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * {@code sabot-bench nexmark-check}: whether the queries give the right answers, at several parallelisms. An answer is right
 * when it is that of another engine, given as a file in the form of {@code nexmark --check}; for queries with a file in {@code
 * nexmark/check} when it is what another query gives; else when it is the same at each parallelism.
 */
@CommandLine.Command(
        name = "nexmark-check",
        description = "Compares the answers of Nexmark queries with those of another engine, or of simpler queries.",
        mixinStandardHelpOptions = true)
public final class CheckCommand implements Callable<Integer> {
    /** Columns that do not depend on which of equally ranked rows comes first. */
    private static final Map<String, List<Integer>> CERTAIN = Map.of("q18", List.of(0, 1, 5), "q19", List.of(0, 2, 7));

    private static final Pattern BAR = Pattern.compile("\\|");

    @CommandLine.Option(names = "--query", split = ",", description = "Queries; all of them when none is named.")
    private List<String> queries = List.of(
            "q0", "q1", "q2", "q3", "q4", "q5", "q7", "q8", "q9", "q10", "q11", "q12", "q13", "q14", "q15", "q16",
            "q17", "q18", "q19", "q20", "q21", "q22");

    @CommandLine.Option(names = "--input", required = true, description = "A file of events or a folder of part files.")
    private Path input = Path.of(".");

    @CommandLine.Option(
            names = "--expected",
            description = "A folder with answers of another engine, one file per query, named as the query.")
    private @Nullable Path expected;

    @CommandLine.Option(names = "--parallelism", split = ",", defaultValue = "1,2", description = "Tasks per stage.")
    private List<Integer> parallelisms = List.of();

    private int run;

    /** For picocli. */
    public CheckCommand() {}

    @Override
    public Integer call() throws Exception {
        int different = 0;
        for (String query : queries) {
            Answer first = null;
            for (int parallelism : parallelisms) {
                Answer answer = answer(query, parallelism);
                Answer right = first == null ? answer : new Answer(answer.actual, first.right, first.judge);
                first = first == null ? answer : first;
                different += report(query, parallelism, right) ? 0 : 1;
            }
        }
        return different == 0 ? 0 : 1;
    }

    /** Lines given, lines that are right, and who says so. */
    private record Answer(List<String> actual, List<String> right, String judge) {}

    private Answer answer(String query, int parallelism) throws SQLException, IOException {
        try (WorkFolder work = WorkFolder.create();
                Connection connection = DriverManager.getConnection("jdbc:sabot:mem:check" + ++run);
                Statement statement = connection.createStatement()) {
            Map<String, String> variables = Map.of(
                    "INPUT",
                    input.toAbsolutePath().toString(),
                    "WORK",
                    work.path().toString());
            QueryScript script = QueryScript.load(query, variables);
            statement.execute("SET 'parallelism.default' = '" + parallelism + "'");
            for (String sql : script.setup()) {
                statement.execute(sql);
            }
            List<String> twin = QueryScript.check(query, variables);
            if (twin.size() == 2 && twin.get(0).contains("FROM sink")) {
                statement.executeLargeUpdate(script.insert());
            }
            String select = twin.size() == 2 ? twin.get(0) : script.select();
            List<String> actual = certain(query, FoldedResult.of(connection, select));
            if (!twin.isEmpty()) {
                return new Answer(actual, FoldedResult.of(connection, twin.get(twin.size() - 1)), "another query");
            }
            Path file = expected == null ? null : expected.resolve(query);
            return file != null && Files.exists(file)
                    ? new Answer(actual, certain(query, Files.readAllLines(file)), file.toString())
                    : new Answer(actual, actual, "parallelism " + parallelisms.get(0));
        }
    }

    private static List<String> certain(String query, List<String> lines) {
        List<Integer> columns = CERTAIN.get(query);
        if (columns == null) {
            return lines;
        }
        List<String> chosen = new ArrayList<>();
        for (String line : lines) {
            String[] fields = BAR.split(line, -1);
            chosen.add(String.join(
                    "|", columns.stream().map(column -> fields[column]).toList()));
        }
        chosen.sort(null);
        return chosen;
    }

    private static boolean report(String query, int parallelism, Answer answer) {
        boolean equal = answer.actual.equals(answer.right);
        System.out.printf(
                "%-4s parallelism %d: %d rows, %s %s%n",
                query, parallelism, answer.actual.size(), equal ? "equal to" : "NOT as said by", answer.judge);
        if (!equal) {
            print("missing", without(answer.right, answer.actual));
            print("not expected", without(answer.actual, answer.right));
        }
        return equal;
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> rest = new ArrayList<>();
        int other = 0;
        for (String line : lines) {
            while (other < others.size() && others.get(other).compareTo(line) < 0) {
                other++;
            }
            if (other < others.size() && others.get(other).equals(line)) {
                other++;
            } else {
                rest.add(line);
            }
        }
        return rest;
    }

    private static void print(String what, List<String> lines) {
        lines.stream().limit(3).forEach(line -> System.out.println("     " + what + ": " + line));
        if (lines.size() > 3) {
            System.out.println("     " + what + ": " + (lines.size() - 3) + " more");
        }
    }
}
