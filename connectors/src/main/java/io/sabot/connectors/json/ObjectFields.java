package io.sabot.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.Memory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of one object's fields stand in memory, without reading them. Reused from record to record. What is
 * unusual, and what is no JSON, goes to the full parser.
 */
final class ObjectFields {
    private long[] names = new long[16];
    private int[] nameLengths = new int[16];
    /** Names that had to be unescaped; else null. */
    private @Nullable String[] texts = new String[16];

    private long[] starts = new long[16];
    private long[] ends = new long[16];
    private int count;

    /** Notes the fields of the object that begins at an address. */
    void read(long start, long end) throws IOException, FieldProblem {
        if (!scan(start, end)) {
            parse(start, (int) (end - start));
        }
    }

    private boolean scan(long start, long end) {
        count = 0;
        long at = JsonSkip.blanks(start, end);
        if (at >= end || Memory.getByte(at) != '{') {
            return false;
        }
        at = JsonSkip.blanks(at + 1, end);
        if (at < end && Memory.getByte(at) == '}') {
            return true;
        }
        while (at < end && Memory.getByte(at) == '"') {
            long name = at + 1;
            long quote = JsonSkip.plainString(name, end);
            at = quote == 0 ? end : JsonSkip.blanks(quote + 1, end);
            if (at >= end || Memory.getByte(at) != ':') {
                return false;
            }
            long value = JsonSkip.blanks(at + 1, end);
            long behind = value >= end ? 0 : JsonSkip.value(value, end);
            if (behind == 0) {
                return false;
            }
            add(name, (int) (quote - name), null, value, behind);
            at = JsonSkip.blanks(behind, end);
            if (at < end && Memory.getByte(at) == '}') {
                return true;
            }
            if (at >= end || Memory.getByte(at) != ',') {
                return false;
            }
            at = JsonSkip.blanks(at + 1, end);
        }
        return false;
    }

    private void parse(long start, int length) throws IOException, FieldProblem {
        count = 0;
        try (JsonParser parser = JacksonDecoder.FACTORY.createParser(bytes(start, length))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new FieldProblem("", "expected an object, found " + JsonValue.describe(parser));
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                long value = start + parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                add(0, 0, name, value, start + parser.currentLocation().getByteOffset());
            }
        }
    }

    /** A copy, for the full parser. */
    static byte[] bytes(long start, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(start, bytes, 0, length);
        return bytes;
    }

    private void add(long name, int nameLength, @Nullable String text, long start, long end) {
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            nameLengths = Arrays.copyOf(nameLengths, count * 2);
            texts = Arrays.copyOf(texts, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        names[count] = name;
        nameLengths[count] = nameLength;
        texts[count] = text;
        starts[count] = start;
        ends[count++] = end;
    }

    /** Index of a field, whose name is ASCII; -1 when there is none, or it is null. */
    int find(String name) {
        for (int i = 0; i < count; i++) {
            if (isNamed(i, name)) {
                return JsonSkip.isNull(starts[i]) ? -1 : i;
            }
        }
        return -1;
    }

    private boolean isNamed(int field, String name) {
        String text = texts[field];
        if (text != null) {
            return text.equals(name);
        }
        if (nameLengths[field] != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Memory.getByte(names[field] + i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Index of a field that must be an object; -1 when there is none, or it is null. */
    int findObject(String name) throws FieldProblem {
        return find(name, '{', "an object");
    }

    /** Index of a field that must be an array; -1 when there is none, or it is null. */
    int findArray(String name) throws FieldProblem {
        return find(name, '[', "an array");
    }

    private int find(String name, char begins, String what) throws FieldProblem {
        int field = find(name);
        if (field >= 0 && Memory.getByte(starts[field]) != begins) {
            throw new FieldProblem(name, "expected " + what);
        }
        return field;
    }

    /** The text of a field that must be a text; empty when there is none. */
    String text(String name) throws IOException, FieldProblem {
        int field = find(name, '"', "a text");
        if (field < 0) {
            return "";
        }
        byte[] bytes = bytes(starts[field], (int) (ends[field] - starts[field]));
        for (byte character : bytes) {
            if (character == '\\') {
                try (JsonParser parser = JacksonDecoder.FACTORY.createParser(bytes)) {
                    parser.nextToken();
                    return parser.getText();
                }
            }
        }
        return new String(bytes, 1, bytes.length - 2, StandardCharsets.UTF_8);
    }

    /** First byte of a field's value. */
    long start(int field) {
        return starts[field];
    }

    /** First byte behind a field's value. */
    long end(int field) {
        return ends[field];
    }
}
