package io.sabot.connectors.csv;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.text.NumberScanner;
import io.sabot.connectors.text.TextValues;
import io.sabot.connectors.text.TimestampFormat;
import io.sabot.connectors.text.TimestampScanner;
import io.sabot.connectors.text.Utf8;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the text of a field into a value. What is wrong with it comes as a text; nothing is appended then. */
final class CsvValue {
    /** Months and days may have one digit, as in Flink. */
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})(.*)");

    private final CsvOptions options;
    private final Optional<byte[]> nullLiteral;
    private final TextValues texts = new TextValues(TimestampFormat.SQL);
    private final TimestampScanner timestamps = new TimestampScanner(TimestampFormat.SQL);
    private final NumberScanner numbers = new NumberScanner();

    CsvValue(CsvOptions options) {
        this.options = options;
        this.nullLiteral = options.nullLiteral().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the field stands for NULL. */
    boolean isNull(long address, int length) {
        return nullLiteral.isPresent()
                && nullLiteral.get().length == length
                && Memory.startsWith(address, nullLiteral.get());
    }

    /** Appends the value of a field; gives what is wrong with it, or an empty text. */
    String append(DataType type, long address, int length, ColumnBuilder target) {
        if (isNull(address, length)) {
            target.appendNull();
            return "";
        }
        if (type instanceof AtomicType atomic && appendPlain(atomic, address, length, target)) {
            return "";
        }
        return append(type, text(address, length), target);
    }

    static String text(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Appends what is in the usual form of its type, without garbage. */
    private boolean appendPlain(AtomicType type, long address, int length, ColumnBuilder target) {
        long end = address + length;
        switch (type.kind()) {
            case CHAR, VARCHAR -> {
                if (!Utf8.isValid(address, length)) {
                    return false;
                }
                target.appendBytes(address, length);
                return true;
            }
            case BIGINT, INT -> {
                if (length == 0 || numbers.integer(address) != end) {
                    return false;
                }
                long value = numbers.value();
                if (type.kind() == TypeKind.BIGINT) {
                    target.appendLong(value);
                    return true;
                }
                if (value != (int) value) {
                    return false;
                }
                target.appendInt((int) value);
                return true;
            }
            case DOUBLE -> {
                if (length == 0 || numbers.number(address) != end || !numbers.isExactDouble()) {
                    return false;
                }
                target.appendDouble(numbers.doubleValue());
                return true;
            }
            case TIMESTAMP, TIMESTAMP_LTZ -> {
                boolean zoned = type.kind() == TypeKind.TIMESTAMP_LTZ;
                if (length < 19
                        || timestamps.timestamp(address, zoned, Storage.unitsPerMilli(type.precision())) != end) {
                    return false;
                }
                target.appendLong(timestamps.value());
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private String append(DataType type, String text, ColumnBuilder target) {
        if (options.nullLiteral().filter(text::equals).isPresent()) {
            target.appendNull();
            return "";
        }
        if (type instanceof ArrayType array) {
            for (String element : text.isEmpty() ? List.<String>of() : elements(text)) {
                String problem = append(array.element(), element, target.child(0));
                if (!problem.isEmpty()) {
                    return problem;
                }
            }
            target.appendList();
            return "";
        }
        if (type instanceof RowType row) {
            return appendRow(row, elements(text), target);
        }
        AtomicType atomic = (AtomicType) type;
        try {
            texts.append(normalize(atomic, text), atomic, target);
            return "";
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return expected(type, text);
        }
    }

    private static String expected(DataType type, String text) {
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return "expected " + type.name() + ", found the text '" + shown + "'";
    }

    private String appendRow(RowType row, List<String> elements, ColumnBuilder target) {
        if (elements.size() != row.fields().size() && !options.ignoreParseErrors()) {
            return "expected " + row.fields().size() + " fields of a row between '" + options.elementDelimiter()
                    + "', found " + elements.size();
        }
        for (int i = 0; i < row.fields().size(); i++) {
            if (i >= elements.size()) {
                target.child(i).appendNull();
                continue;
            }
            String problem = append(row.fields().get(i).type(), elements.get(i), target.child(i));
            if (!problem.isEmpty()) {
                return problem;
            }
        }
        target.appendStruct();
        return "";
    }

    /** The elements of an array or row. */
    List<String> elements(String text) {
        List<String> elements = new ArrayList<>();
        int from = 0;
        int at;
        while ((at = text.indexOf(options.elementDelimiter(), from)) >= 0) {
            elements.add(text.substring(from, at));
            from = at + options.elementDelimiter().length();
        }
        elements.add(text.substring(from));
        return elements;
    }

    /** Appends one field of a row that stands in a field. */
    String appendInner(DataType type, int index, String text, ColumnBuilder target) {
        List<String> elements = elements(text);
        if (index >= elements.size()) {
            target.appendNull();
            return "";
        }
        return append(type, elements.get(index), target);
    }

    private static String normalize(AtomicType type, String text) {
        boolean hasDate = type.kind() == TypeKind.DATE || type.kind().isTimestamp();
        Matcher date = DATE.matcher(text);
        return hasDate && date.matches()
                ? LocalDate.of(
                                Integer.parseInt(date.group(1)),
                                Integer.parseInt(date.group(2)),
                                Integer.parseInt(date.group(3)))
                        + date.group(4)
                : text;
    }
}
