package io.sabot.connectors.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.Wanted;
import io.sabot.connectors.text.TextValues;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.RecordDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes with Jackson's streaming parser: every type, option and odd record, and the oracle of the faster decoder.
 *
 * <p>What follows the first JSON value of a record is ignored, as Flink does. Of fields that come twice the first counts,
 * so that the answer does not depend on which columns a query reads. Ignores the filter of the scan.
 */
final class JacksonDecoder implements RecordDecoder {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final List<ScanColumn> columns;
    private final List<Wanted> trees;
    private final boolean[] required;
    private final JsonValue[] values;
    private final JsonOptions options;
    private final LongAdder skippedRecords;
    private final boolean[] seen;
    private ColumnBuilder[] targets = new ColumnBuilder[0];
    private byte[] bytes = new byte[1 << 10];
    private long skipped;

    JacksonDecoder(Schema physical, List<ScanColumn> columns, JsonOptions options, LongAdder skippedRecords) {
        this.columns = columns;
        this.trees = Wanted.trees(physical, columns);
        this.options = options;
        this.skippedRecords = skippedRecords;
        this.required = new boolean[columns.size()];
        this.seen = new boolean[columns.size()];
        this.values = new JsonValue[columns.size()];
        TextValues texts = new TextValues(options.timestamps());
        for (int i = 0; i < values.length; i++) {
            values[i] = new JsonValue(columns.get(i).type(), options, texts);
        }
        trees.forEach(this::collectRequired);
    }

    private void collectRequired(Wanted node) {
        if (node.isColumn()) {
            required[node.column()] = node.required();
        }
        node.fields().values().forEach(this::collectRequired);
    }

    @Override
    public void decode(
            long[] starts,
            int[] lengths,
            int from,
            int to,
            BatchBuilder rows,
            int firstColumn,
            boolean endRows,
            int @Nullable [] rowsOf)
            throws BadRecord {
        bind(rows, firstColumn);
        for (int record = from; record < to; record++) {
            int count = decodeRecord(starts[record], lengths[record], record);
            if (rowsOf != null) {
                rowsOf[record] = count;
            }
            for (int i = 0; endRows && i < count; i++) {
                rows.endRow();
            }
        }
    }

    /** Takes the builders of a batch, before {@link #decodeRecord}. */
    void bind(BatchBuilder rows, int firstColumn) {
        targets = new ColumnBuilder[values.length];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = rows.column(firstColumn + i);
        }
    }

    /** Decodes one record into the builders of {@link #bind}; gives the number of rows, which the caller ends. */
    int decodeRecord(long start, int length, int record) throws BadRecord {
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, bytes.length * 2)];
        }
        Memory.copy(start, bytes, 0, length);
        int base = targets.length == 0 ? 0 : targets[0].rowCount();
        int rows = 0;
        for (int i = 0; i < trees.size(); i++) {
            RowCount count = new RowCount(base);
            try {
                decodeTree(trees.get(i), length, count);
            } catch (FieldProblem problem) {
                giveUp(base, count, record, problem);
            } catch (JsonProcessingException e) {
                giveUp(base, count, record, new FieldProblem("", explain(e)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            rows = i == 0 ? count.rows : Math.min(rows, count.rows);
        }
        if (trees.size() > 1) {
            truncate(base + rows);
        }
        return rows;
    }

    /** Rows of one record that are complete. */
    private static final class RowCount {
        private final int base;
        private int rows;

        RowCount(int base) {
            this.base = base;
        }
    }

    private void giveUp(int base, RowCount count, int record, FieldProblem problem) throws BadRecord {
        if (!options.ignoreParseErrors()) {
            truncate(base);
            throw new BadRecord(record, problem.column(), String.valueOf(problem.getMessage()));
        }
        // Rows of an array that stand before the fault are kept
        truncate(base + count.rows);
        skipped++;
        skippedRecords.increment();
    }

    private void truncate(int rowCount) {
        for (ColumnBuilder target : targets) {
            target.truncate(rowCount);
        }
    }

    private void decodeTree(Wanted tree, int length, RowCount count) throws IOException, FieldProblem {
        try (JsonParser parser = FACTORY.createParser(bytes, 0, length)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                decodeRow(tree, parser, count);
            } else if (token == JsonToken.START_ARRAY) {
                while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
                    if (token != JsonToken.START_OBJECT) {
                        throw new FieldProblem("", "expected an object, found " + JsonValue.describe(parser));
                    }
                    decodeRow(tree, parser, count);
                }
            } else {
                throw new FieldProblem("", "expected an object, found " + JsonValue.describe(parser));
            }
        }
    }

    private void decodeRow(Wanted tree, JsonParser parser, RowCount count) throws IOException, FieldProblem {
        int row = count.base + count.rows;
        clearSeen(tree);
        decodeObject(tree, parser, row);
        complete(tree, row);
        count.rows++;
    }

    private void clearSeen(Wanted tree) {
        tree.fields().values().forEach(field -> {
            if (field.isColumn()) {
                seen[field.column()] = false;
            } else {
                clearSeen(field);
            }
        });
    }

    private void decodeObject(Wanted node, JsonParser parser, int row) throws IOException, FieldProblem {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Wanted field = node.fields().get(name);
            JsonToken token = parser.nextToken();
            if (field == null || isSeen(field)) {
                parser.skipChildren();
                continue;
            }
            try {
                if (field.isColumn()) {
                    seen[field.column()] = true;
                    values[field.column()].read(parser, targets[field.column()]);
                } else {
                    decodeInner(field, parser, token, row);
                }
            } catch (FieldProblem problem) {
                throw problem.inside(name);
            }
        }
        if (options.failOnMissingField()) {
            for (Map.Entry<String, Wanted> field : node.fields().entrySet()) {
                if (!isSeen(field.getValue())) {
                    JsonValue.requireMissing(options, field.getKey());
                }
            }
        }
    }

    private void decodeInner(Wanted field, JsonParser parser, JsonToken token, int row)
            throws IOException, FieldProblem {
        if (token == JsonToken.START_OBJECT) {
            decodeObject(field, parser, row);
        } else if (token != JsonToken.VALUE_NULL && !options.ignoreParseErrors()) {
            throw new FieldProblem("", "expected an object, found " + JsonValue.describe(parser));
        } else {
            parser.skipChildren();
        }
        markSeen(field);
    }

    private boolean isSeen(Wanted field) {
        return field.isColumn()
                ? seen[field.column()]
                : field.fields().values().stream().allMatch(this::isSeen);
    }

    private void markSeen(Wanted field) {
        if (field.isColumn()) {
            seen[field.column()] = true;
        } else {
            field.fields().values().forEach(this::markSeen);
        }
    }

    /** Puts NULL where the row has no value, and checks what must have one. */
    private void complete(Wanted node, int row) throws FieldProblem {
        for (Wanted field : node.fields().values()) {
            if (!field.isColumn()) {
                complete(field, row);
                continue;
            }
            ColumnBuilder target = targets[field.column()];
            if (target.rowCount() == row) {
                target.appendNull();
            }
            if (field.required() && target.isNull(row)) {
                throw new FieldProblem(
                        columns.get(field.column()).label(),
                        "the value is missing or null, but the column is NOT NULL");
            }
        }
    }

    static String explain(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "the record ends in the middle";
        }
        long at = e.getLocation() == null ? -1 : e.getLocation().getColumnNr();
        return "no valid JSON" + (at > 0 ? " at byte " + at : "") + ": " + e.getOriginalMessage();
    }

    @Override
    public long skipped() {
        return skipped;
    }

    @Override
    public void close() {}
}
