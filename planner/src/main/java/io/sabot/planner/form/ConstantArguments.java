package io.sabot.planner.form;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.runtime.SqlFunctions;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;

/** Looks at texts in a query that would fail on each row: patterns, time zones and character sets that are none. */
final class ConstantArguments {
    private static final Set<String> TOO_FINE =
            Set.of("MICROSECOND", "NANOSECOND", "FRAC_SECOND", "SQL_TSI_FRAC_SECOND", "SQL_TSI_MICROSECOND");
    private static final Set<String> FINE = Set.of(
            "MILLISECOND", "MICROSECOND", "NANOSECOND", "FRAC_SECOND", "SQL_TSI_FRAC_SECOND", "SQL_TSI_MICROSECOND");

    private ConstantArguments() {}

    static void check(SqlCall call) {
        if (call.getKind() == SqlKind.LIKE || call.getKind() == SqlKind.SIMILAR) {
            text(call, 2)
                    .filter(escape -> escape.codePointCount(0, escape.length()) != 1)
                    .ifPresent(escape -> {
                        throw refused(call.operand(2), "ESCAPE takes one character, not '" + escape + "'");
                    });
        }
        if (call.getKind() == SqlKind.LIKE) {
            text(call, 2).ifPresent(escape -> escapes(call, escape));
        }
        if (call.getKind() == SqlKind.SIMILAR && call.operandCount() == 2) {
            check(call, 1, "pattern of SIMILAR TO", pattern -> new SqlFunctions.SimilarFunction().similar("", pattern));
        }
        switch (FormCheck.name(call)) {
            case "DATE_FORMAT" -> check(call, 1, "pattern of dates", DateTimeFormatter::ofPattern);
            case "CONVERT_TZ" -> {
                check(call, 1, "time zone", ZoneId::of);
                check(call, 2, "time zone", ZoneId::of);
            }
            case "PERCENTILE" -> percentile(call);
            case "TIMESTAMPADD" -> unit(call, TOO_FINE, "intervals have milliseconds");
            case "TIMESTAMPDIFF" -> unit(call, FINE, "it counts whole seconds and what is longer");
            case "ENCODE", "DECODE" -> check(call, 1, "character set", Charset::forName);
            default -> {}
        }
    }

    private static void percentile(SqlCall call) {
        if (call.operandCount() < 2) {
            return;
        }
        SqlNode argument = call.operand(1);
        List<SqlNode> fractions = argument.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
                ? ((SqlCall) argument).getOperandList()
                : List.of(argument);
        for (SqlNode fraction : fractions) {
            if (fraction instanceof SqlIdentifier) {
                throw refused(fraction, "the fraction of PERCENTILE must be a constant");
            }
            boolean outside = fraction instanceof SqlNumericLiteral number
                    && (number.bigDecimalValue().signum() < 0
                            || number.bigDecimalValue().compareTo(BigDecimal.ONE) > 0);
            if (outside) {
                throw refused(fraction, "a fraction of PERCENTILE is from 0 to 1, not " + fraction);
            }
        }
    }

    private static void unit(SqlCall call, Set<String> refused, String why) {
        if (call.operandCount() > 0
                && call.operand(0) instanceof SqlIntervalQualifier unit
                && refused.contains(unit.toString().toUpperCase(Locale.ROOT))) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, FormCheck.name(call) + " does not count in " + unit)
                    .at(SqlSpans.of(unit))
                    .why(why);
        }
    }

    private static void escapes(SqlCall call, String escape) {
        String pattern = text(call, 1).orElse("");
        int width = escape.length();
        for (int at = pattern.indexOf(escape); at >= 0; at = pattern.indexOf(escape, at + 2 * width)) {
            String next = pattern.substring(at + width);
            if (!next.startsWith("%") && !next.startsWith("_") && !next.startsWith(escape)) {
                throw refused(call.operand(1), "invalid escape in LIKE pattern '" + pattern + "'")
                        .hint("the escape character may stand before %, _ and itself");
            }
        }
    }

    private static void check(SqlCall call, int index, String what, Function<String, ?> reader) {
        Optional<String> text = text(call, index);
        if (text.isEmpty()) {
            return;
        }
        try {
            Objects.requireNonNull(reader.apply(text.get()));
        } catch (RuntimeException e) {
            throw refused(call.operand(index), "'" + text.get() + "' is no " + what)
                    .causedBy(e);
        }
    }

    private static Optional<String> text(SqlCall call, int index) {
        return index < call.operandCount() && call.operand(index) instanceof SqlCharStringLiteral literal
                ? Optional.ofNullable(literal.getValueAs(String.class))
                : Optional.empty();
    }

    private static SabotException refused(SqlNode argument, String what) {
        return SabotException.of(ErrorCode.INVALID_PARAMETER, what).at(SqlSpans.of(argument));
    }
}
