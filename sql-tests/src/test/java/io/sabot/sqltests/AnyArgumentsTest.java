package io.sabot.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.planner.function.FunctionDefinition;
import io.sabot.planner.function.FunctionTable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Calls functions with arguments of any number and type: each call gives values or an error of the user's, never an
 * internal one. {@code -Dsabot.test.calls} is the number of calls of each function, {@code -Dsabot.test.seed} the seed.
 */
class AnyArgumentsTest {
    private static final int CALLS = Integer.getInteger("sabot.test.calls", 6);
    private static final long SEED = Long.getLong("sabot.test.seed", 1);

    /** A literal of an example, in whose place another argument can stand. */
    private static final Pattern LITERAL =
            Pattern.compile("(?<![A-Z] )'[^']*'|(?<![\\w.'(])\\d+(\\.\\d+)?(?![\\w.')])|\\bNULL\\b|\\bTRUE\\b");

    private static final String TABLE = """
            CREATE TABLE v (b BOOLEAN, ti TINYINT, si SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, de DECIMAL(20, 5),
              c CHAR(3), s STRING, bi BINARY(3), by1 BYTES, da DATE, t TIME(3), ts TIMESTAMP(3), ts9 TIMESTAMP(9),
              tz TIMESTAMP_LTZ(3), ai ARRAY<INT>, ast ARRAY<STRING>, m MAP<STRING, INT>, r ROW<x INT, y STRING>,
              ar ARRAY<ROW<x INT, y STRING>>)""";

    private static final String CONTENT = """
            INSERT INTO v VALUES
            (TRUE, CAST(1 AS TINYINT), CAST(2 AS SMALLINT), 3, CAST(4 AS BIGINT), CAST(1.5 AS FLOAT), CAST(2.5 AS DOUBLE),
             CAST(12.345 AS DECIMAL(20, 5)), CAST('abc' AS CHAR(3)), 'a,b {"k": 1}', CAST(x'010203' AS BINARY(3)), x'ff',
             DATE '2024-02-29', TIME '10:11:12', TIMESTAMP '2024-02-29 10:11:12.345',
             TIMESTAMP '2024-02-29 10:11:12.345678901', TO_TIMESTAMP_LTZ(0, 3), ARRAY[1, 2], ARRAY['x', 'y'], MAP['k', 1],
             ROW(1, 'z'), ARRAY[ROW(1, 'z')]),
            (FALSE, CAST(-128 AS TINYINT), CAST(-32768 AS SMALLINT), -2147483648, CAST(-9223372036854775808 AS BIGINT),
             CAST('NaN' AS FLOAT), CAST('-Infinity' AS DOUBLE), CAST(-0.00001 AS DECIMAL(20, 5)), CAST('' AS CHAR(3)), '',
             CAST(x'' AS BINARY(3)), x'', DATE '0001-01-01', TIME '00:00:00', TIMESTAMP '0001-01-01 00:00:00',
             TIMESTAMP '2262-04-11 23:47:15.999999999', TO_TIMESTAMP_LTZ(-1, 3), ARRAY_REMOVE(ARRAY[1], 1),
             ARRAY[CAST(NULL AS STRING)], MAP['k', CAST(NULL AS INT)], ROW(CAST(NULL AS INT), ''),
             ARRAY[CAST(NULL AS ROW<x INT, y STRING>)]),
            (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
             NULL, NULL, NULL)""";

    private static final List<String> ARGUMENTS = List.of(
            "b",
            "ti",
            "si",
            "i",
            "l",
            "f",
            "d",
            "de",
            "c",
            "s",
            "bi",
            "by1",
            "da",
            "t",
            "ts",
            "ts9",
            "tz",
            "ai",
            "ast",
            "m",
            "r",
            "ar",
            "NULL",
            "1",
            "-1",
            "0",
            "'x'",
            "''",
            "1.5",
            "TRUE",
            "CAST(NULL AS INT)",
            "i + 1",
            "r.x",
            "ai[1]",
            "INTERVAL '1' DAY",
            "INTERVAL '1-2' YEAR TO MONTH",
            "ARRAY[1, NULL]",
            "ROW(1, 'a')",
            "x'00'");

    @Test
    void callsAnswerOrSayWhatIsWrong() throws SQLException {
        Random random = new Random(SEED);
        TreeMap<String, String> wrong = new TreeMap<>();
        int answered = 0;
        int calls = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sabot:mem:any-arguments");
                Statement statement = connection.createStatement()) {
            statement.execute("SET 'table.local-time-zone' = 'UTC'");
            statement.execute(TABLE);
            statement.execute(CONTENT);
            for (FunctionDefinition function : FunctionTable.INSTANCE.definitions()) {
                if (!function.isScalar() && function.examples().isEmpty()) {
                    continue;
                }
                for (int i = 0; i < CALLS; i++) {
                    String call = random.nextBoolean() ? plain(function, random) : varied(function, random);
                    calls++;
                    try (ResultSet rows = statement.executeQuery("SELECT " + call + " FROM v")) {
                        while (rows.next()) {
                            rows.getString(1);
                        }
                        answered++;
                    } catch (SQLException e) {
                        if (String.valueOf(e.getSQLState()).startsWith("XX")) {
                            wrong.putIfAbsent(
                                    call,
                                    String.valueOf(e.getMessage())
                                            .lines()
                                            .findFirst()
                                            .orElse(""));
                        }
                    }
                }
            }
        }
        assertThat(wrong).as("internal errors, seed %s", SEED).isEmpty();
        assertThat(answered).as("of %s calls, seed %s", calls, SEED).isGreaterThan(calls / 10);
    }

    private static String plain(FunctionDefinition function, Random random) {
        List<String> arguments = new ArrayList<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            arguments.add(argument(random));
        }
        return function.name() + "(" + String.join(", ", arguments) + ")";
    }

    /** An example with other arguments in the place of some of its literals. */
    private static String varied(FunctionDefinition function, Random random) {
        List<FunctionDefinition.Example> examples = function.examples();
        if (examples.isEmpty()) {
            return plain(function, random);
        }
        String sql = examples.get(random.nextInt(examples.size())).sql();
        if (sql.startsWith("SELECT ")) {
            return plain(function, random);
        }
        Matcher literal = LITERAL.matcher(sql);
        StringBuilder varied = new StringBuilder();
        while (literal.find()) {
            String other = random.nextInt(3) > 0 ? argument(random) : literal.group();
            literal.appendReplacement(varied, Matcher.quoteReplacement(other));
        }
        return literal.appendTail(varied).toString();
    }

    private static String argument(Random random) {
        return ARGUMENTS.get(random.nextInt(ARGUMENTS.size()));
    }
}
