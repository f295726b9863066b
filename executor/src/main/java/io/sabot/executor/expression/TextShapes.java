package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.runtime.SqlFunctions;
import org.jspecify.annotations.Nullable;

/** Functions that fill, cut, turn and format texts, one value at a time. Characters are code points. */
final class TextShapes {
    private TextShapes() {}

    static void declare(Functions functions) {
        functions.row("LPAD", (a, x) -> pad(text(a[0]), number(a[1]), text(a[2]), true));
        functions.row("RPAD", (a, x) -> pad(text(a[0]), number(a[1]), text(a[2]), false));
        functions.row("REPEAT", (a, x) -> text(a[0]).repeat(Math.max(0, number(a[1]))));
        functions.row(
                "REVERSE", (a, x) -> new StringBuilder(text(a[0])).reverse().toString());
        functions.row("INITCAP", (a, x) -> initCap(text(a[0])));
        functions.nullableRow(
                "TRANSLATE3",
                (a, x) -> a[0] == null || a[1] == null
                        ? a[0]
                        : translate(text(a[0]), text(a[1]), a[2] == null ? "" : text(a[2])));
        functions.row(
                "OVERLAY",
                (a, x) -> overlay(
                        text(a[0]),
                        text(a[1]),
                        number(a[2]),
                        a.length > 3
                                ? number(a[3])
                                : text(a[1]).codePointCount(0, text(a[1]).length())));
        functions.row("ASCII", (a, x) -> text(a[0]).isEmpty() ? 0 : (int) TextFunctions.bytes(a[0])[0]);
        functions.row("CHR", (a, x) -> character(((Number) a[0]).longValue()));
        functions.row("ENCODE", (a, x) -> encode(text(a[0]), text(a[1])));
        functions.row("DECODE", (a, x) -> decode(TextFunctions.bytes(a[0]), text(a[1])));
        functions.row("SOUNDEX", (a, x) -> SqlFunctions.soundex(text(a[0])));
        functions.declare("ELT", TextShapes::choose);
        functions.declare("PRINTF", (call, c) -> {
            List<Node> operands = c.compileOperands(call);
            return Functions.nullableRow(call, c, operands, (a, x) -> format(a));
        });
    }

    private static String text(Object argument) {
        return TextFunctions.text(argument);
    }

    private static int number(Object argument) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, ((Number) argument).longValue()));
    }

    /** Null for a negative length, and where there is nothing to fill with. */
    private static @Nullable String pad(String text, int length, String padding, boolean left) {
        int present = text.codePointCount(0, text.length());
        if (length < 0 || padding.isEmpty()) {
            return null;
        }
        if (present >= length) {
            return text.substring(0, text.offsetByCodePoints(0, length));
        }
        int[] characters = padding.codePoints().toArray();
        StringBuilder filling = new StringBuilder();
        for (int i = 0; i < length - present; i++) {
            filling.appendCodePoint(characters[i % characters.length]);
        }
        return left ? filling + text : text + filling;
    }

    /** Words are runs of ASCII letters and digits, as Flink has it. */
    private static String initCap(String text) {
        StringBuilder result = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean small = c >= 'a' && c <= 'z';
            boolean capital = c >= 'A' && c <= 'Z';
            char turned = c;
            if (small && !inWord) {
                turned = (char) (c - 32);
            } else if (capital && inWord) {
                turned = (char) (c + 32);
            }
            result.append(turned);
            inWord = small || capital || (c >= '0' && c <= '9');
        }
        return result.toString();
    }

    private static String translate(String text, String from, String to) {
        int[] sources = from.codePoints().toArray();
        int[] targets = to.codePoints().toArray();
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < sources.length; i++) {
            places.putIfAbsent(sources[i], i);
        }
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            Integer place = places.get(character);
            if (place == null) {
                result.appendCodePoint(character);
            } else if (place < targets.length) {
                result.appendCodePoint(targets[place]);
            }
        });
        return result.toString();
    }

    /** The text itself where the start lies outside of it. */
    private static String overlay(String text, String part, int start, int length) {
        int[] characters = text.codePoints().toArray();
        if (start <= 0 || start > characters.length) {
            return text;
        }
        String begin = new String(characters, 0, start - 1) + part;
        long rest = start - 1L + length;
        // Nothing follows the part of a length that is not positive: so in Flink.
        return length <= 0 || rest >= characters.length
                ? begin
                : begin + new String(characters, (int) rest, characters.length - (int) rest);
    }

    private static String character(long code) {
        if (code < 0) {
            return "";
        }
        return String.valueOf((char) (code > 255 ? code & 255 : code));
    }

    private static ByteString encode(String text, String charset) {
        try {
            return new ByteString(text.getBytes(charset));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalArgumentException("there is no character set '" + charset + "'", e);
        }
    }

    private static String decode(byte[] bytes, String charset) {
        try {
            return new String(bytes, charset);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalArgumentException("there is no character set '" + charset + "'", e);
        }
    }

    private static @Nullable Node choose(RexCall call, Compilation c) {
        DataType type = RexTypes.of(call.getType());
        List<Node> operands = new ArrayList<>();
        operands.add(c.compile(call.getOperands().get(0)));
        for (Node value : c.compileOperands(call).subList(1, call.getOperands().size())) {
            Node casted = CastRules.cast(value, type, c, c.origin(call), false);
            if (casted == null) {
                return null;
            }
            operands.add(casted);
        }
        return Functions.nullableRow(call, c, operands, (a, x) -> {
            long index = a[0] instanceof Number number ? number.longValue() : 0;
            return index < 1 || index >= a.length ? null : a[(int) index];
        });
    }

    /** Null where the format is NULL or the values do not fit it; NULL values print as {@code null}. */
    private static @Nullable String format(@Nullable Object[] arguments) {
        if (!(arguments[0] instanceof String format)) {
            return null;
        }
        try {
            return String.format(Locale.US, format, Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (IllegalFormatException e) {
            return null;
        }
    }

    /** INSTR with a start and maybe an occurrence. */
    static Node instr(RexCall call, Compilation c) {
        List<Node> operands = c.compileOperands(call);
        DataType[] types = operands.stream().map(Node::type).toArray(DataType[]::new);
        return StrictNode.careful(
                RexTypes.of(call.getType()),
                c.origin(call),
                (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        if (!rows.isNull(i)) {
                            long occurrence = types.length > 3 ? arguments[3].getLong(i) : 1;
                            rows.putLong(
                                    i,
                                    instr(
                                            ValueTexts.string(arguments[0], i),
                                            ValueTexts.string(arguments[1], i),
                                            arguments[2].getLong(i),
                                            occurrence));
                        }
                    }
                },
                operands);
    }

    private static long instr(String text, String part, long start, long occurrence) {
        int characters = text.codePointCount(0, text.length());
        if (start == 0 || Math.abs(start) > characters || occurrence < 1) {
            return 0;
        }
        boolean backwards = start < 0;
        int at = text.offsetByCodePoints(0, (int) (backwards ? characters + start : start - 1));
        if (backwards) {
            // The whole part lies in front of or at the start.
            at -= Math.max(0, part.length() - 1);
        }
        int found = -1;
        for (long left = occurrence; left > 0; left--) {
            found = backwards ? text.lastIndexOf(part, at) : text.indexOf(part, at);
            if (found < 0) {
                return 0;
            }
            at = backwards ? found - 1 : found + 1;
        }
        return text.codePointCount(0, found) + 1L;
    }
}
