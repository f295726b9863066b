package io.sabot.planner.function;

import static io.sabot.planner.function.Signatures.BIGINT;
import static io.sabot.planner.function.Signatures.DATE_OR_NULL;
import static io.sabot.planner.function.Signatures.INSTANT;
import static io.sabot.planner.function.Signatures.NUMBER;
import static io.sabot.planner.function.Signatures.STRING_OR_NULL;
import static io.sabot.planner.function.Signatures.TEXT;
import static io.sabot.planner.function.Signatures.TIME;
import static io.sabot.planner.function.Signatures.TIMESTAMP_OR_NULL;
import static io.sabot.planner.function.Signatures.WHOLE;
import static io.sabot.planner.function.Signatures.clock;
import static io.sabot.planner.function.Signatures.either;
import static io.sabot.planner.function.Signatures.family;
import static io.sabot.planner.function.Signatures.scalar;
import static io.sabot.planner.function.Signatures.upTo;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Functions of dates and times. FLOOR and CEIL are with the numbers. */
final class TimeFunctions {
    private static final String ZONED = "; TIMESTAMP_LTZ is taken in the session's time zone";

    static final List<FunctionDefinition> ALL = List.of(
            now(
                    SabotFunctions.PROCTIME,
                    "PROCTIME()",
                    "The processing time; as a column of a table, one that windows and joins take"),
            of(
                            SabotFunctions.CURRENT_WATERMARK,
                            "CURRENT_WATERMARK(time_column)",
                            "The watermark in front of the row; NULL before the first one")
                    .nulls(NullRule.AWARE)
                    .differing("does not depend on how rows are batched"),
            now(
                    clock("NOW", INSTANT, SqlSyntax.FUNCTION),
                    "NOW()",
                    "The present time: of the statement in a plain SELECT, of the batch in a job"),
            now(
                    clock("CURRENT_ROW_TIMESTAMP", INSTANT, SqlSyntax.FUNCTION),
                    "CURRENT_ROW_TIMESTAMP()",
                    "The present time, for each row"),
            now(
                    clock("CURRENT_TIMESTAMP", INSTANT, SqlSyntax.FUNCTION_ID),
                    "CURRENT_TIMESTAMP",
                    "The present time, as NOW()"),
            now(
                    clock("LOCALTIMESTAMP", ReturnTypes.explicit(SqlTypeName.TIMESTAMP, 3), SqlSyntax.FUNCTION_ID),
                    "LOCALTIMESTAMP",
                    "The present time in the session's time zone"),
            now(
                    clock("CURRENT_DATE", ReturnTypes.explicit(SqlTypeName.DATE), SqlSyntax.FUNCTION_ID),
                    "CURRENT_DATE",
                    "The present day in the session's time zone"),
            now(
                    clock("CURRENT_TIME", ReturnTypes.explicit(SqlTypeName.TIME, 0), SqlSyntax.FUNCTION_ID),
                    "CURRENT_TIME",
                    "The present time of day in the session's time zone"),
            now(
                    clock("LOCALTIME", ReturnTypes.explicit(SqlTypeName.TIME, 0), SqlSyntax.FUNCTION_ID),
                    "LOCALTIME",
                    "The present time of day in the session's time zone"),
            of(
                            scalar("DATE_FORMAT", STRING_OR_NULL, either(family(TIME, TEXT), family(TEXT, TEXT))),
                            "DATE_FORMAT(time, format)",
                            "A time as text in a format of Java's SimpleDateFormat" + ZONED)
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("DATE_FORMAT(TIMESTAMP '2024-02-29 12:34:56', 'yyyy/MM/dd HH:mm')", "2024/02/29 12:34"),
            of(
                            scalar("TO_TIMESTAMP", TIMESTAMP_OR_NULL, upTo(1, TEXT, TEXT)),
                            "TO_TIMESTAMP(text [, format])",
                            "The TIMESTAMP(3) that a text says, as yyyy-MM-dd HH:mm:ss or in a format")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("TO_TIMESTAMP('2024-02-29 12:34:56')", "2024-02-29 12:34:56.000")
                    .example("TO_TIMESTAMP('bad')", "NULL"),
            of(
                            scalar(
                                    "TO_TIMESTAMP_LTZ",
                                    TimeFunctions::instant,
                                    either(upTo(1, NUMBER, WHOLE), upTo(1, TEXT, TEXT, TEXT))),
                            "TO_TIMESTAMP_LTZ(number [, precision])\nTO_TIMESTAMP_LTZ(text [, format [, zone]])",
                            "The instant of a number of seconds (precision 0), milliseconds (3) or other fractions of a second since 1970, or that a text says")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("CAST(TO_TIMESTAMP_LTZ(1000, 3) AS STRING)", "1970-01-01 00:00:01.000"),
            of(
                            scalar("TO_DATE", DATE_OR_NULL, upTo(1, TEXT, TEXT)),
                            "TO_DATE(text [, format])",
                            "The day that a text says, as yyyy-MM-dd or in a format")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("TO_DATE('29.02.2024', 'dd.MM.yyyy')", "2024-02-29"),
            of(
                            scalar("FROM_UNIXTIME", STRING_OR_NULL, upTo(1, NUMBER, TEXT)),
                            "FROM_UNIXTIME(seconds [, format])",
                            "The text of a number of seconds since 1970, in the session's time zone")
                    .example("FROM_UNIXTIME(0, 'yyyy-MM-dd')", "1970-01-01"),
            of(
                            scalar("UNIX_TIMESTAMP", BIGINT, either(OperandTypes.NILADIC, upTo(1, TEXT, TEXT))),
                            "UNIX_TIMESTAMP()\nUNIX_TIMESTAMP(text [, format])",
                            "Seconds since 1970: now, or of the time that a text says in the session's time zone")
                    .example("UNIX_TIMESTAMP('1970-01-02 00:00:00')", "86400"),
            of(
                            scalar("CONVERT_TZ", STRING_OR_NULL, family(TEXT, TEXT, TEXT)),
                            "CONVERT_TZ(text, from_zone, to_zone)",
                            "A time as yyyy-MM-dd HH:mm:ss in another time zone")
                    .differing("an unknown zone is an error, where Flink takes UTC")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("CONVERT_TZ('1970-01-01 00:00:00', 'UTC', 'America/Los_Angeles')", "1969-12-31 16:00:00"),
            of(
                            SqlStdOperatorTable.EXTRACT,
                            "EXTRACT(unit FROM time)",
                            "Part of a time or an interval, e.g. YEAR, DOW (1 is Sunday), WEEK (ISO), EPOCH" + ZONED)
                    .example("EXTRACT(DOY FROM DATE '2024-02-29')", "60"),
            part(SqlStdOperatorTable.YEAR, "The year", "YEAR(DATE '2024-02-29')", "2024"),
            part(SqlStdOperatorTable.QUARTER, "The quarter, 1 to 4", "QUARTER(DATE '2024-02-29')", "1"),
            part(SqlStdOperatorTable.MONTH, "The month, 1 to 12", "MONTH(DATE '2024-02-29')", "2"),
            part(SqlStdOperatorTable.WEEK, "The week of ISO 8601, 1 to 53", "WEEK(DATE '2024-12-30')", "1"),
            part(SqlStdOperatorTable.DAYOFYEAR, "The day of the year, 1 to 366", "DAYOFYEAR(DATE '2024-02-29')", "60"),
            part(
                    SqlStdOperatorTable.DAYOFMONTH,
                    "The day of the month, 1 to 31",
                    "DAYOFMONTH(DATE '2024-02-29')",
                    "29"),
            part(
                    SqlStdOperatorTable.DAYOFWEEK,
                    "The day of the week, 1 is Sunday",
                    "DAYOFWEEK(DATE '2024-02-29')",
                    "5"),
            part(SqlStdOperatorTable.HOUR, "The hour, 0 to 23", "HOUR(TIMESTAMP '2024-02-29 12:34:56')", "12"),
            part(SqlStdOperatorTable.MINUTE, "The minute, 0 to 59", "MINUTE(TIMESTAMP '2024-02-29 12:34:56')", "34"),
            part(SqlStdOperatorTable.SECOND, "The second, 0 to 59", "SECOND(TIMESTAMP '2024-02-29 12:34:56')", "56"),
            of(
                            SqlStdOperatorTable.TIMESTAMP_ADD,
                            "TIMESTAMPADD(unit, count, time)",
                            "The time so many units later; a day that the month has not becomes its last")
                    .example("TIMESTAMPADD(MONTH, 1, DATE '2024-01-31')", "2024-02-29"),
            of(
                            SqlStdOperatorTable.TIMESTAMP_DIFF,
                            "TIMESTAMPDIFF(unit, from, to)",
                            "The number of whole units from one time to another")
                    .example("TIMESTAMPDIFF(DAY, DATE '2024-02-28', DATE '2024-03-01')", "2"));

    private TimeFunctions() {}

    /** With the digits of a literal precision, at least 3. */
    private static RelDataType instant(SqlOperatorBinding binding) {
        int precision = 3;
        if (binding.getOperandCount() == 2
                && SqlTypeUtil.isNumeric(binding.getOperandType(0))
                && binding.isOperandLiteral(1, false)) {
            Integer literal = binding.getOperandLiteralValue(1, Integer.class);
            precision = literal == null ? precision : Math.max(3, Math.min(9, literal));
        }
        RelDataType type =
                binding.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, precision);
        return binding.getTypeFactory().createTypeWithNullability(type, true);
    }

    private static FunctionDefinition part(SqlOperator operator, String what, String example, String result) {
        return of(operator, operator.getName() + "(time)", what).example(example, result);
    }

    private static FunctionDefinition now(SqlOperator operator, String syntax, String description) {
        return of(operator, syntax, description).nulls(NullRule.NEVER).example(syntax + " IS NULL", "FALSE");
    }

    private static FunctionDefinition of(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.TIME, operator, syntax, description);
    }
}
