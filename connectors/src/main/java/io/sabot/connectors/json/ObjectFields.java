package io.sabot.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sabot.connectors.record.FieldProblem;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** Where the values of one object's fields stand in its text, without reading them. Reused from record to record. */
final class ObjectFields {
    private byte[] bytes = new byte[0];
    private String[] names = new String[8];
    private JsonToken[] tokens = new JsonToken[8];
    private int[] starts = new int[8];
    private int[] ends = new int[8];
    private int count;

    /** Notes the fields of the object that is all of {@code bytes} from {@code from} to {@code to}. */
    void read(byte[] text, int from, int to) throws IOException, FieldProblem {
        bytes = text;
        count = 0;
        try (JsonParser parser = JacksonDecoder.FACTORY.createParser(text, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new FieldProblem("", "expected an object, found " + JsonValue.describe(parser));
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                int start = from + (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                add(name, token, start, from + (int) parser.currentLocation().getByteOffset());
            }
        }
    }

    private void add(String name, JsonToken token, int start, int end) {
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
            tokens = Arrays.copyOf(tokens, count * 2);
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        names[count] = name;
        tokens[count] = token;
        starts[count] = start;
        ends[count++] = end;
    }

    /** Index of a field; -1 when there is none, or it is null. */
    int find(String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return tokens[i] == JsonToken.VALUE_NULL ? -1 : i;
            }
        }
        return -1;
    }

    /** Index of a field that must be an object; -1 when there is none, or it is null. */
    int findObject(String name) throws FieldProblem {
        return find(name, JsonToken.START_OBJECT, "an object");
    }

    /** Index of a field that must be an array; -1 when there is none, or it is null. */
    int findArray(String name) throws FieldProblem {
        return find(name, JsonToken.START_ARRAY, "an array");
    }

    private int find(String name, JsonToken expected, String what) throws FieldProblem {
        int field = find(name);
        if (field >= 0 && tokens[field] != expected) {
            throw new FieldProblem(name, "expected " + what);
        }
        return field;
    }

    /** The text of a field that must be a text; empty when there is none. */
    String text(String name) throws IOException, FieldProblem {
        int field = find(name, JsonToken.VALUE_STRING, "a text");
        if (field < 0) {
            return "";
        }
        try (JsonParser parser =
                JacksonDecoder.FACTORY.createParser(bytes, starts[field], ends[field] - starts[field])) {
            parser.nextToken();
            return Objects.requireNonNull(parser.getText());
        }
    }

    /** First byte of a field's value. */
    int start(int field) {
        return starts[field];
    }

    /** First byte behind a field's value. */
    int end(int field) {
        return ends[field];
    }
}
