package io.sabot.connectors.kafka;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches of records. One thread.
 *
 * <p>All values of a batch are decoded in one call, then all keys, then metadata is added. A record may give no row (a
 * bad one that is skipped) or several; its key and metadata then stand beside each of them. Where records are the newest
 * rows of their keys, one without a value is a deletion, with its key and metadata.
 */
final class RecordReader implements AutoCloseable {
    private final ConnectorContext context;
    private final ScanLayout layout;
    private final boolean upserts;
    private final int[] order;
    private final String valueFormat;
    private final String keyFormat;
    private final RecordDecoder valueDecoder;
    private final @Nullable RecordDecoder keyDecoder;
    private final List<MetadataWriter> metadata;
    private final Scratch values;
    private final Scratch keys;
    private final LongAdder tombstones;
    private ConsumerRecord<ByteBuffer, ByteBuffer>[] valued;
    private int[] rowsOf;

    RecordReader(ScanSpec scan, KafkaTable table, ConnectorContext context) {
        this.context = context;
        this.layout = ScanLayout.of(scan.columns(), table);
        this.upserts = table.upserts();
        this.order = layout.order().stream().mapToInt(Integer::intValue).toArray();
        this.valueFormat = table.valueFormat();
        this.keyFormat = table.keyFormat().orElse("");
        FormatFactory format = context.format(valueFormat);
        var zone = MetadataWriter.zone(context.settings());
        this.metadata = layout.metadata().stream()
                .map(column -> new MetadataWriter(column, zone))
                .toList();
        this.valueDecoder = format.decoder(
                table.valueSchema(),
                layout.value(),
                layout.valueFilter(scan.filter()),
                table.valueFormatOptions(format),
                context);
        try {
            this.keyDecoder = layout.key().isEmpty() ? null : keyDecoder(table, context);
        } catch (RuntimeException e) {
            valueDecoder.close();
            throw e;
        }
        this.values = new Scratch(context.allocator(), context.batchRows());
        this.keys = new Scratch(context.allocator(), context.batchRows());
        this.tombstones = context.counter("records.tombstones");
        this.valued = records(context.batchRows());
        this.rowsOf = new int[context.batchRows()];
    }

    private RecordDecoder keyDecoder(KafkaTable table, ConnectorContext context) {
        FormatFactory format = context.format(keyFormat);
        return format.decoder(
                table.keySchema(), layout.key(), ScanFilter.NONE, table.keyFormatOptions(format), context);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ConsumerRecord<ByteBuffer, ByteBuffer>[] records(int count) {
        return new ConsumerRecord[count];
    }

    /** Refuses what could not be read, before anything is. */
    static void check(ScanSpec scan, KafkaTable table, ConnectorContext context) {
        ScanLayout.of(scan.columns(), table);
        context.format(table.valueFormat());
        table.keyFormat().ifPresent(context::format);
    }

    /** The rows of the records, which are of one partition; null when there are none. */
    @Nullable
    Batch read(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        int count = takeValues(records);
        if (count == 0) {
            return null;
        }
        try (BatchBuilder rows = new BatchBuilder(layout.built(), context.allocator(), count)) {
            boolean plain = keyDecoder == null && metadata.isEmpty() && !upserts;
            try {
                if (upserts) {
                    decodeUpserts(rows, count);
                } else {
                    valueDecoder.decode(values.starts, values.lengths, 0, count, rows, 0, plain, rowsOf);
                }
            } catch (BadRecord e) {
                throw describe(e, "value", valueFormat, valued[e.record()]);
            }
            if (!plain) {
                appendRest(rows, count);
            }
            return rows.rowCount() == 0 ? null : rows.finish(Batch.NOT_LATE, order);
        }
    }

    /** Decodes runs of values, and puts NULL into their columns for records that delete. */
    private void decodeUpserts(BatchBuilder rows, int count) throws BadRecord {
        int from = 0;
        while (from < count) {
            int to = from;
            while (to < count && valued[to].value() != null) {
                to++;
            }
            if (to > from) {
                valueDecoder.decode(values.starts, values.lengths, from, to, rows, 0, false, rowsOf);
            }
            for (from = to; from < count && valued[from].value() == null; from++) {
                rowsOf[from] = 1;
                for (int column = 0; column < layout.value().size(); column++) {
                    rows.column(column).appendNull();
                }
            }
        }
    }

    /** A record without a value deletes its key where a topic is compacted; in an append-only table it is no row. */
    private int takeValues(List<ConsumerRecord<ByteBuffer, ByteBuffer>> records) {
        if (records.size() > valued.length) {
            valued = records(records.size());
            rowsOf = new int[records.size()];
        }
        values.clear();
        int count = 0;
        int missing = 0;
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : records) {
            ByteBuffer value = record.value();
            if (value != null) {
                values.add(value);
                valued[count++] = record;
            } else {
                missing++;
                if (upserts) {
                    values.addMissing();
                    valued[count++] = record;
                }
            }
        }
        values.seal();
        tombstones.add(missing);
        return count;
    }

    private void appendRest(BatchBuilder rows, int count) {
        RecordDecoder decoder = keyDecoder;
        if (decoder != null) {
            appendKeys(decoder, rows, count);
        }
        int firstMetadata = layout.value().size() + layout.key().size();
        int decoded = 0;
        for (int record = 0; record < count; record++) {
            for (int row = 0; row < rowsOf[record]; row++) {
                for (int i = 0; i < metadata.size(); i++) {
                    metadata.get(i).append(valued[record], rows.column(firstMetadata + i));
                }
                rows.endRow(upserts ? upsertKind(valued[record]) : valueDecoder.kind(decoded++));
            }
        }
    }

    /** The record that a row of the last batch was read from. */
    String place(int row) {
        int record = 0;
        for (int left = row; left >= rowsOf[record]; record++) {
            left -= rowsOf[record];
        }
        return place(valued[record]);
    }

    private static String place(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        return "offset " + record.offset() + " of partition " + record.partition() + " of topic '" + record.topic()
                + "'";
    }

    private static byte upsertKind(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        return (record.value() == null ? RowKind.DELETE : RowKind.UPDATE_AFTER).code();
    }

    private void appendKeys(RecordDecoder decoder, BatchBuilder rows, int count) {
        keys.clear();
        boolean all = true;
        int[] recordOf = new int[count];
        int keyCount = 0;
        for (int record = 0; record < count; record++) {
            ByteBuffer key = valued[record].key();
            if (upserts && key == null) {
                throw describe(
                        new BadRecord(record, "", "the record has no key, but the table's rows go by it"),
                        "key",
                        keyFormat,
                        valued[record]);
            }
            all &= key != null && rowsOf[record] == 1;
            if (key != null) {
                keys.add(key);
                recordOf[keyCount++] = record;
            }
        }
        keys.seal();
        int[] given = new int[keyCount];
        if (all && decodeKeys(decoder, 0, keyCount, rows, given, recordOf)) {
            return;
        }
        appendKeysSingly(decoder, rows, count, given, recordOf);
    }

    /** Decodes these keys at once; false, with nothing appended, when some gave no row. */
    private boolean decodeKeys(
            RecordDecoder decoder, int from, int to, BatchBuilder rows, int[] given, int[] recordOf) {
        int before = rows.column(layout.value().size()).rowCount();
        try {
            decoder.decode(
                    keys.starts, keys.lengths, from, to, rows, layout.value().size(), false, given);
        } catch (BadRecord e) {
            throw describe(e, "key", keyFormat, valued[recordOf[e.record()]]);
        }
        boolean each = true;
        for (int key = from; key < to; key++) {
            each &= given[key] == 1;
        }
        if (!each) {
            forEachKeyColumn(rows, column -> column.truncate(before));
        }
        return each;
    }

    /** Keys that are missing or skipped are NULL in every column; a key stands beside every row of its record. */
    private void appendKeysSingly(RecordDecoder decoder, BatchBuilder rows, int count, int[] given, int[] recordOf) {
        int key = 0;
        for (int record = 0; record < count; record++) {
            boolean hasKey = key < given.length && recordOf[key] == record;
            for (int row = 0; row < rowsOf[record]; row++) {
                if (!hasKey || !decodeKeys(decoder, key, key + 1, rows, given, recordOf)) {
                    forEachKeyColumn(rows, ColumnBuilder::appendNull);
                }
            }
            key += hasKey ? 1 : 0;
        }
    }

    private void forEachKeyColumn(BatchBuilder rows, Consumer<ColumnBuilder> action) {
        int first = layout.value().size();
        for (int i = 0; i < layout.key().size(); i++) {
            action.accept(rows.column(first + i));
        }
    }

    private SabotException describe(
            BadRecord bad, String part, String format, ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        String column = bad.column().isEmpty() ? "" : "column '" + bad.column() + "': ";
        return SabotException.of(
                        ErrorCode.MALFORMED_RECORD,
                        "cannot read the " + part + " at " + place(record) + " as " + format)
                .why(column + bad.getMessage())
                .hint(context.format(format).hintForBadRecords(part.equals("key") ? "key." : ""))
                .causedBy(bad);
    }

    @Override
    public void close() {
        valueDecoder.close();
        if (keyDecoder != null) {
            keyDecoder.close();
        }
        values.close();
        keys.close();
    }
}
