package io.sabot.connectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.text.TextValues;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads one JSON value of a SQL type into a column, with Flink's conversions. */
final class JsonValue {
    private static final int SHOWN_CHARACTERS = 40;

    private final DataType type;
    private final List<JsonValue> children = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final JsonOptions options;
    private final TextValues texts;

    JsonValue(DataType type, JsonOptions options, TextValues texts) {
        this.type = type;
        this.options = options;
        this.texts = texts;
        if (type instanceof RowType row) {
            for (Field field : row.fields()) {
                names.put(field.name(), children.size());
                children.add(new JsonValue(field.type(), options, texts));
            }
        } else if (type instanceof ArrayType array) {
            children.add(new JsonValue(array.element(), options, texts));
        } else if (type instanceof MapType map) {
            addEntry(map.key(), map.value());
        } else if (type instanceof MultisetType multiset) {
            addEntry(multiset.element(), AtomicType.INT.withNullable(false));
        }
    }

    private void addEntry(DataType key, DataType value) {
        requireTextKey(type, key);
        children.add(new JsonValue(key, options, texts));
        children.add(new JsonValue(value, options, texts));
    }

    /** Refuses a map whose keys are no texts: names of JSON fields are nothing else. */
    static void requireTextKey(DataType map, DataType key) {
        if (!(key instanceof AtomicType atomic) || !atomic.kind().isText()) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "format 'json' cannot hold a value of type " + map.name())
                    .why("names of fields are texts, the keys are " + key.name())
                    .hint("declare the keys as STRING");
        }
    }

    /**
     * Appends the value at the parser's token; leaves the parser at its last token.
     *
     * @throws FieldProblem if the value does not fit, unless such errors are ignored: then NULL is appended
     */
    void read(JsonParser parser, ColumnBuilder target) throws IOException, FieldProblem {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            target.appendNull();
            return;
        }
        if (type instanceof AtomicType atomic) {
            readAtomic(parser, token, atomic, target);
        } else if (token != (type instanceof ArrayType ? JsonToken.START_ARRAY : JsonToken.START_OBJECT)) {
            reject(parser, target);
        } else if (type instanceof RowType) {
            readRow(parser, target);
        } else if (type instanceof ArrayType) {
            readArray(parser, target);
        } else {
            readMap(parser, target);
        }
    }

    private void reject(JsonParser parser, ColumnBuilder target) throws IOException, FieldProblem {
        String found = describe(parser);
        parser.skipChildren();
        if (!options.ignoreParseErrors()) {
            throw new FieldProblem("", "expected " + type.name() + ", found " + found);
        }
        target.appendNull();
    }

    private void readAtomic(JsonParser parser, JsonToken token, AtomicType atomic, ColumnBuilder target)
            throws IOException, FieldProblem {
        try {
            if (!token.isNumeric() || !readNumber(parser, token, atomic, target)) {
                readOther(parser, token, atomic, target);
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException | InputCoercionException e) {
            reject(parser, target);
        }
    }

    /** Reads a number for a column that holds numbers; false when this column takes it as text. */
    private static boolean readNumber(JsonParser parser, JsonToken token, AtomicType type, ColumnBuilder target)
            throws IOException {
        boolean whole = token == JsonToken.VALUE_NUMBER_INT;
        switch (type.kind()) {
            case TINYINT, SMALLINT -> {
                if (!whole) {
                    return false;
                }
                int value = parser.getIntValue();
                if (type.kind() == TypeKind.SMALLINT) {
                    target.appendShort(exactShort(value));
                } else {
                    target.appendByte(exactByte(value));
                }
            }
            case INT, INTERVAL_YEAR_MONTH -> target.appendInt(parser.getIntValue());
            case BIGINT, INTERVAL_DAY_TIME -> target.appendLong(parser.getLongValue());
            case FLOAT -> target.appendFloat(whole ? Float.parseFloat(parser.getText()) : parser.getFloatValue());
            case DOUBLE -> target.appendDouble(whole ? Double.parseDouble(parser.getText()) : parser.getDoubleValue());
            case DECIMAL -> TextValues.appendDecimal(parser.getDecimalValue(), type, target);
            case BOOLEAN, CHAR, VARCHAR, BINARY, VARBINARY, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, NULL -> {
                return false;
            }
        }
        return true;
    }

    private void readOther(JsonParser parser, JsonToken token, AtomicType atomic, ColumnBuilder target)
            throws IOException, FieldProblem {
        if (token.isStructStart()) {
            if (atomic.kind().isText()) {
                target.appendText(compact(parser));
            } else {
                reject(parser, target);
            }
        } else if (token.isBoolean() && atomic.kind() == TypeKind.BOOLEAN) {
            target.appendBoolean(token == JsonToken.VALUE_TRUE);
        } else {
            texts.append(parser.getText(), atomic, target);
        }
    }

    /** An object or array as text without blanks. */
    private static String compact(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    private void readRow(JsonParser parser, ColumnBuilder target) throws IOException, FieldProblem {
        int row = target.rowCount();
        int found = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Integer index = names.get(name);
            parser.nextToken();
            if (index == null || target.child(index).rowCount() > row) {
                parser.skipChildren();
                continue;
            }
            found++;
            try {
                children.get(index).read(parser, target.child(index));
            } catch (FieldProblem problem) {
                throw problem.inside(name);
            }
        }
        if (found < children.size()) {
            for (Map.Entry<String, Integer> field : names.entrySet()) {
                ColumnBuilder child = target.child(field.getValue());
                if (child.rowCount() == row) {
                    requireMissing(options, field.getKey());
                    child.appendNull();
                }
            }
        }
        target.appendStruct();
    }

    /** Complains about a field that is not there if the options say so. */
    static void requireMissing(JsonOptions options, String name) throws FieldProblem {
        if (options.failOnMissingField() && !options.ignoreParseErrors()) {
            throw new FieldProblem(name, "the field is missing");
        }
    }

    private void readArray(JsonParser parser, ColumnBuilder target) throws IOException, FieldProblem {
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            try {
                children.get(0).read(parser, target.child(0));
            } catch (FieldProblem problem) {
                throw problem.inside("[" + (index + 1) + "]");
            }
            index++;
        }
        target.appendList();
    }

    private void readMap(JsonParser parser, ColumnBuilder target) throws IOException, FieldProblem {
        ColumnBuilder entries = target.child(0);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            entries.child(0).appendText(key);
            parser.nextToken();
            try {
                children.get(1).read(parser, entries.child(1));
            } catch (FieldProblem problem) {
                throw problem.inside("['" + key + "']");
            }
            entries.appendStruct();
        }
        target.appendList();
    }

    private static short exactShort(int value) {
        if (value != (short) value) {
            throw new ArithmeticException();
        }
        return (short) value;
    }

    private static byte exactByte(int value) {
        if (value != (byte) value) {
            throw new ArithmeticException();
        }
        return (byte) value;
    }

    /** What stands at the parser, for people. */
    static String describe(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the text '" + shorten(parser.getText()) + "'";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + shorten(parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> parser.getText();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                token.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
