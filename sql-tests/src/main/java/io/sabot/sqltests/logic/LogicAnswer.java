package io.sabot.sqltests.logic;

import io.sabot.sqltests.logic.LogicRecord.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of a result as the suite writes and compares them. */
final class LogicAnswer {
    private static final Comparator<List<String>> BY_VALUES = LogicAnswer::compareRows;

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]+");

    private LogicAnswer() {}

    /** A text for each value, row by row, sorted as the query asks. */
    static List<String> values(ResultSet rows, LogicRecord.Query query) throws SQLException {
        List<List<String>> texts = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 0; column < query.types().length(); column++) {
                row.add(value(rows, column + 1, query.types().charAt(column)));
            }
            texts.add(row);
        }
        if (query.order() == Order.ROWSORT) {
            texts.sort(BY_VALUES);
        }
        List<String> values = new ArrayList<>();
        texts.forEach(values::addAll);
        if (query.order() == Order.VALUESORT) {
            values.sort(Comparator.naturalOrder());
        }
        return values;
    }

    /** Whether the values are what the query must give, written out or as number and hash. */
    static boolean isExpected(List<String> values, LogicRecord.Query query) {
        return values.equals(query.expected()) || List.of(hashed(values)).equals(query.expected());
    }

    /** Number and hash of values, as the suite writes them. */
    static String hashed(List<String> values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (String value : values) {
                digest.update((value + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return values.size() + " values hashing to " + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has MD5
        }
    }

    private static String value(ResultSet rows, int column, char type) throws SQLException {
        String text = switch (type) {
            case 'I' -> integer(rows.getObject(column));
            case 'R' -> real(rows.getDouble(column));
            case 'T' -> visible(rows.getString(column));
            default -> throw new IllegalArgumentException("column type " + type);
        };
        return rows.wasNull() ? "NULL" : text;
    }

    /** As SQLite reads any value as an integer: a text by the digits it begins with. */
    private static String integer(@Nullable Object value) {
        if (value instanceof Number number) {
            return Long.toString(number.longValue());
        }
        if (value instanceof Boolean bool) {
            return bool ? "1" : "0";
        }
        Matcher digits = DIGITS.matcher(String.valueOf(value));
        return digits.lookingAt() ? digits.group() : "0";
    }

    /** Three digits, as C prints a double: of its exact value. */
    private static String real(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).setScale(3, RoundingMode.HALF_EVEN).toPlainString()
                : Double.toString(value);
    }

    private static String visible(@Nullable String text) {
        if (text == null) {
            return "NULL";
        }
        return text.isEmpty() ? "(empty)" : text.replaceAll("[^ -~]", "@");
    }

    private static int compareRows(List<String> one, List<String> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
