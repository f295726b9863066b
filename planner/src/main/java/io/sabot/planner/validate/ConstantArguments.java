package io.sabot.planner.validate;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.runtime.SqlFunctions;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Looks at texts in a query that would fail on each row: patterns, time zones and character sets that are none. */
final class ConstantArguments {
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
        switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "DATE_FORMAT" -> check(call, 1, "pattern of dates", DateTimeFormatter::ofPattern);
            case "CONVERT_TZ" -> {
                check(call, 1, "time zone", ZoneId::of);
                check(call, 2, "time zone", ZoneId::of);
            }
            case "ENCODE", "DECODE" -> check(call, 1, "character set", Charset::forName);
            default -> {}
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

    private static void check(SqlCall call, int index, String what, Consumer<String> use) {
        Optional<String> text = text(call, index);
        if (text.isEmpty()) {
            return;
        }
        try {
            use.accept(text.get());
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
