package io.sabot.server.session;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/** Rows that the session makes itself, for SHOW, DESCRIBE and EXPLAIN: texts, whole numbers and truth values. */
final class TextRows implements ResultCursor {
    private final Schema schema;
    private final List<List<@Nullable Object>> rows;
    private final BufferAllocator allocator;
    private final String id = UUID.randomUUID().toString();
    private boolean given;

    private TextRows(Schema schema, List<List<@Nullable Object>> rows, BufferAllocator allocator) {
        this.schema = schema;
        this.rows = rows;
        this.allocator = allocator;
    }

    /** Makes rows for one schema. */
    static final class Builder {
        private final Schema schema;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();

        /** Columns of type STRING. */
        Builder(String... columns) {
            this(new Schema(Arrays.stream(columns)
                    .map(name -> new Field(name, AtomicType.STRING))
                    .toList()));
        }

        /** Columns of type STRING, BIGINT or BOOLEAN. */
        Builder(Schema schema) {
            this.schema = schema;
        }

        Builder add(@Nullable Object... values) {
            rows.add(Arrays.asList(values));
            return this;
        }

        StatementResult build(BufferAllocator allocator) {
            return new StatementResult(Optional.of(new TextRows(schema, rows, allocator)), -1, List.of());
        }
    }

    @Override
    public String queryId() {
        return id;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch poll(long waitMillis) {
        if (given || rows.isEmpty()) {
            given = true;
            return null;
        }
        given = true;
        try (BatchBuilder builder = new BatchBuilder(schema, allocator, rows.size())) {
            for (List<@Nullable Object> row : rows) {
                for (int c = 0; c < schema.size(); c++) {
                    append(builder.column(c), schema.type(c), row.get(c));
                }
                builder.endRow();
            }
            return builder.finish();
        }
    }

    private static void append(ColumnBuilder column, DataType type, @Nullable Object value) {
        if (value == null) {
            column.appendNull();
        } else if (type.sameIgnoringNull(AtomicType.BIGINT)) {
            column.appendLong((Long) value);
        } else if (type.sameIgnoringNull(AtomicType.BOOLEAN)) {
            column.appendBoolean((Boolean) value);
        } else {
            column.appendText(value.toString());
        }
    }

    @Override
    public boolean done() {
        return given;
    }

    @Override
    public void cancel() {
        given = true;
    }

    @Override
    public void close() {
        given = true;
    }
}
