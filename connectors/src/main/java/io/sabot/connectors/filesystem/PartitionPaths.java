package io.sabot.connectors.filesystem;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.connector.SinkSpec;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Directories {@code k=v/} that stand for the partition columns, which the files in them do not hold. */
final class PartitionPaths {
    private final Schema schema;
    private final int[] partitionColumns;
    private final int[] writtenColumns;
    private final String defaultName;

    PartitionPaths(SinkSpec spec, String defaultName) {
        List<String> names = spec.table().partitionedBy();
        this.schema = spec.schema();
        this.defaultName = defaultName;
        this.partitionColumns = names.stream()
                .mapToInt(name -> schema.indexOf(name).orElseThrow())
                .toArray();
        this.writtenColumns = IntStream.range(0, schema.size())
                .filter(column -> !names.contains(schema.name(column)))
                .toArray();
    }

    /** Refuses partition columns whose values make no names. */
    static void check(SinkSpec spec) {
        for (String name : spec.table().partitionedBy()) {
            DataType type = spec.schema().type(spec.schema().indexOf(name).orElseThrow());
            if (!isNameable(type)) {
                throw SabotException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "connector 'filesystem' cannot partition by column '" + name + "' of type "
                                        + type.name())
                        .hint(
                                "partition by a text, a whole number, a date or a boolean, for instance DATE_FORMAT(ts, 'yyyy-MM-dd')");
            }
        }
    }

    static boolean isNameable(DataType type) {
        return type instanceof AtomicType atomic
                && (atomic.kind().isText()
                        || atomic.kind().isInteger()
                        || atomic.kind() == TypeKind.DATE
                        || atomic.kind() == TypeKind.BOOLEAN);
    }

    boolean isPartitioned() {
        return partitionColumns.length > 0;
    }

    /** Columns that the files hold. */
    int[] writtenColumns() {
        return writtenColumns.clone();
    }

    /** Rows of each directory; names end with a slash. */
    Map<String, Selection> split(Batch batch) {
        Map<String, int[]> rows = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            String directory = directory(batch, row);
            int count = counts.merge(directory, 1, Integer::sum);
            rows.computeIfAbsent(directory, name -> new int[batch.rowCount()])[count - 1] = row;
        }
        Map<String, Selection> selections = new LinkedHashMap<>();
        rows.forEach((name, indices) -> selections.put(name, new Selection(indices, counts.getOrDefault(name, 0))));
        return selections;
    }

    private String directory(Batch batch, int row) {
        StringBuilder directory = new StringBuilder();
        for (int column : partitionColumns) {
            String value = text((AtomicType) schema.type(column), batch.column(column), row);
            directory
                    .append(escape(schema.name(column)))
                    .append('=')
                    .append(escape(value.isEmpty() ? defaultName : value))
                    .append('/');
        }
        return directory.toString();
    }

    private static String text(AtomicType type, Column column, int row) {
        if (column.isNull(row)) {
            return "";
        }
        if (type.kind().isText()) {
            byte[] bytes = new byte[column.length(row)];
            Memory.copy(column.start(row), bytes, 0, bytes.length);
            return new String(bytes, StandardCharsets.UTF_8);
        }
        return switch (type.kind()) {
            case TINYINT -> Integer.toString(Memory.getByte(column.values() + row));
            case SMALLINT -> Integer.toString(Memory.getShort(column.values() + row * 2L));
            case INT -> Integer.toString(column.getInt(row));
            case BIGINT -> Long.toString(column.getLong(row));
            case DATE -> LocalDate.ofEpochDay(column.getInt(row)).toString();
            case BOOLEAN -> Boolean.toString(column.getBoolean(row));
            default -> throw new AssertionError(type);
        };
    }

    /** The text with characters that a name should not hold as a percent sign and two hexadecimal digits. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' || character == 0x7F || "\"#%'*/:=?\\{[]^".indexOf(character) >= 0) {
                escaped.append(String.format("%%%02X", (int) character));
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }

    /** What {@link #escape} made the name of. */
    static String unescape(String name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (character == '%' && i + 2 < name.length()) {
                int code = Character.digit(name.charAt(i + 1), 16) * 16 + Character.digit(name.charAt(i + 2), 16);
                if (code >= 0) {
                    text.append((char) code);
                    i += 2;
                    continue;
                }
            }
            text.append(character);
        }
        return text.toString();
    }
}
