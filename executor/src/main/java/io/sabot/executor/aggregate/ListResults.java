package io.sabot.executor.aggregate;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.state.KeyDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writers of output columns from lists of values. */
final class ListResults {
    private static final byte[] COMMA = {','};

    private ListResults() {}

    /** ARRAY_AGG: NULL when there is no value. */
    static Result ofArray(ListCell list, List<DataType> types) {
        KeyDecoder decoder = new KeyDecoder(types);
        ListCell.Cursor cursor = list.cursor();
        return (records, count, tails, out) -> {
            List<ColumnBuilder> element = List.of(out.child(0));
            for (int i = 0; i < count; i++) {
                cursor.open(tails, records[i]);
                boolean any = false;
                while (cursor.next()) {
                    any = true;
                    decoder.decode(cursor.address(), cursor.length(), element, 0);
                }
                if (any) {
                    out.appendList();
                } else {
                    out.appendNull();
                }
            }
        };
    }

    /** COLLECT: values and how often they are there. */
    static Result ofMultiset(ListCell list, List<DataType> types) {
        KeyDecoder decoder = new KeyDecoder(types);
        ListCell.Cursor cursor = list.cursor();
        return (records, count, tails, out) -> {
            ColumnBuilder entry = out.child(0);
            List<ColumnBuilder> element = List.of(entry.child(0));
            for (int i = 0; i < count; i++) {
                cursor.open(tails, records[i]);
                while (cursor.next()) {
                    decoder.decode(cursor.address(), cursor.length(), element, 0);
                    entry.child(1).appendInt(cursor.count());
                    entry.appendStruct();
                }
                out.appendList();
            }
        };
    }

    /** FIRST_VALUE and LAST_VALUE over input that can retract. */
    static Result ofPick(ListCell list, List<DataType> types, boolean last) {
        KeyDecoder decoder = new KeyDecoder(types);
        ListCell.Cursor cursor = list.cursor();
        return (records, count, tails, out) -> {
            List<ColumnBuilder> value = List.of(out);
            for (int i = 0; i < count; i++) {
                cursor.open(tails, records[i]);
                long at = 0;
                int length = 0;
                while ((last || at == 0) && cursor.next()) {
                    at = cursor.address();
                    length = cursor.length();
                }
                if (at == 0) {
                    out.appendNull();
                } else {
                    decoder.decode(at, length, value, 0);
                }
            }
        };
    }

    /**
     * LISTAGG: texts with separators between them; NULL when there is none.
     *
     * @param separated whether each entry has the separator in front of it as its second value; else it is a comma
     */
    static Result ofTexts(ListCell list, boolean separated, ByteList scratch) {
        ListCell.Cursor cursor = list.cursor();
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                cursor.open(tails, records[i]);
                scratch.clear();
                boolean any = false;
                while (cursor.next()) {
                    appendText(scratch, cursor, separated, any);
                    any = true;
                }
                if (any) {
                    out.appendBytes(scratch.address(), scratch.length());
                } else {
                    out.appendNull();
                }
            }
        };
    }

    /** Entries are {@code │ flags 1 │ text │} or {@code │ flags 1 │ length 4 │ text │ separator │}. */
    private static void appendText(ByteList scratch, ListCell.Cursor cursor, boolean separated, boolean any) {
        long entry = cursor.address();
        if (!separated) {
            if (any) {
                append(scratch, COMMA);
            }
            scratch.append(entry + 1, cursor.length() - 1);
            return;
        }
        int length = Memory.getInt(entry + 1);
        if (any) {
            scratch.append(entry + 5 + length, cursor.length() - 5 - length);
        }
        scratch.append(entry + 5, length);
    }

    private static void append(ByteList scratch, byte[] bytes) {
        Memory.copy(bytes, 0, scratch.extend(bytes.length), bytes.length);
    }

    /** JSON_ARRAYAGG over texts that are JSON already; a value that is NULL is {@code null}. */
    static Result ofJsonArray(ListCell list, ByteList scratch) {
        ListCell.Cursor cursor = list.cursor();
        byte[] none = "null".getBytes(StandardCharsets.UTF_8);
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                cursor.open(tails, records[i]);
                scratch.clear();
                append(scratch, new byte[] {'['});
                for (boolean any = false; cursor.next(); any = true) {
                    if (any) {
                        append(scratch, COMMA);
                    }
                    if (Memory.getByte(cursor.address()) != 0) {
                        append(scratch, none);
                    } else {
                        scratch.append(cursor.address() + 1, cursor.length() - 1);
                    }
                }
                append(scratch, new byte[] {']'});
                out.appendBytes(scratch.address(), scratch.length());
            }
        };
    }

    /** JSON_OBJECTAGG over keys and values that are JSON already; keys come out sorted, of equal ones the last counts. */
    static Result ofJsonObject(ListCell list) {
        ListCell.Cursor cursor = list.cursor();
        return (records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                Map<String, String> members = new TreeMap<>();
                cursor.open(tails, records[i]);
                while (cursor.next()) {
                    long entry = cursor.address();
                    int length = Memory.getInt(entry + 1);
                    boolean isNull = (Memory.getByte(entry) & 2) != 0;
                    members.put(
                            text(entry + 5, length),
                            isNull ? "null" : text(entry + 5 + length, cursor.length() - 5 - length));
                }
                StringBuilder json = new StringBuilder("{");
                members.forEach((key, value) -> {
                    json.append(json.length() > 1 ? "," : "");
                    quote(json, key);
                    json.append(':').append(value);
                });
                out.appendText(json.append('}').toString());
            }
        };
    }

    private static String text(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            @Nullable String escaped = escape(c);
            if (escaped == null) {
                json.append(c);
            } else {
                json.append(escaped);
            }
        }
        json.append('"');
    }

    private static @Nullable String escape(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> c < 0x20 ? String.format("\\u%04X", (int) c) : null;
        };
    }
}
