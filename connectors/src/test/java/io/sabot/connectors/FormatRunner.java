package io.sabot.connectors;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.EncodedRecords;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.ScanFilter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a format over texts. */
public final class FormatRunner {
    private FormatRunner() {}

    /** Every column of a schema. */
    public static List<ScanColumn> all(Schema schema) {
        List<ScanColumn> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            columns.add(new ScanColumn.Physical(List.of(field.name()), field.type()));
        }
        return columns;
    }

    /** Rows that the records give, as {@link BatchText} prints them. */
    public static List<String> decode(
            FormatFactory format, Schema schema, Map<String, String> options, TestContext context, String... records)
            throws BadRecord {
        Options typed = new Options(options, format.descriptor().options());
        try (RecordDecoder decoder = format.decoder(schema, all(schema), ScanFilter.NONE, typed, context)) {
            return decode(decoder, schema, context, records);
        }
    }

    /** Rows that the records give, as {@link BatchText} prints them. */
    public static List<String> decode(RecordDecoder decoder, Schema schema, TestContext context, String... records)
            throws BadRecord {
        byte[][] bytes = new byte[records.length][];
        for (int i = 0; i < records.length; i++) {
            bytes[i] = records[i].getBytes(StandardCharsets.UTF_8);
        }
        return decode(decoder, schema, context, bytes);
    }

    /** Rows that the records give, as {@link BatchText} prints them. */
    public static List<String> decode(RecordDecoder decoder, Schema schema, TestContext context, byte[]... records)
            throws BadRecord {
        long total = 64;
        for (byte[] record : records) {
            total += record.length + 1;
        }
        long address = Memory.allocate(total);
        Memory.fill(address, total, (byte) '\n');
        long[] starts = new long[records.length];
        int[] lengths = new int[records.length];
        long at = address;
        for (int i = 0; i < records.length; i++) {
            starts[i] = at;
            lengths[i] = records[i].length;
            Memory.copy(records[i], 0, at, lengths[i]);
            at += lengths[i] + 1;
        }
        try (BatchBuilder rows = new BatchBuilder(schema, context.allocator(), 8)) {
            decoder.decode(starts, lengths, 0, records.length, rows, 0, true, null);
            try (Batch batch = rows.finish()) {
                return BatchText.rows(batch, schema);
            }
        } finally {
            Memory.free(address);
        }
    }

    /** Records that the rows of a table give, as bytes; null for one that is missing. */
    public static List<byte @Nullable []> encodeBytes(
            FormatFactory format, Schema schema, Map<String, String> options, TestContext context, String table) {
        Options typed = new Options(options, format.descriptor().options());
        EncodedRecords records = new EncodedRecords(format.separator());
        try (RecordEncoder encoder = format.encoder(schema, typed, context);
                Batch batch = BatchText.parse(context.allocator(), schema, table)) {
            encoder.encode(batch, records);
        }
        List<byte @Nullable []> bytes = new ArrayList<>();
        for (int i = 0; i < records.count(); i++) {
            bytes.add(
                    records.isMissing(i)
                            ? null
                            : Arrays.copyOfRange(records.bytes(), records.start(i), records.end(i)));
        }
        return bytes;
    }

    /** Rows that the records give, as {@link BatchText} prints them. */
    public static List<String> decodeBytes(
            FormatFactory format, Schema schema, Map<String, String> options, TestContext context, byte[]... records)
            throws BadRecord {
        Options typed = new Options(options, format.descriptor().options());
        try (RecordDecoder decoder = format.decoder(schema, all(schema), ScanFilter.NONE, typed, context)) {
            return decode(decoder, schema, context, records);
        }
    }

    /** Records that the rows of a table give. */
    public static List<String> encode(
            FormatFactory format, Schema schema, Map<String, String> options, TestContext context, String table) {
        Options typed = new Options(options, format.descriptor().options());
        EncodedRecords records = new EncodedRecords();
        try (RecordEncoder encoder = format.encoder(schema, typed, context);
                Batch batch = BatchText.parse(context.allocator(), schema, table)) {
            encoder.encode(batch, records);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < records.count(); i++) {
            texts.add(new String(
                    records.bytes(), records.start(i), records.end(i) - records.start(i), StandardCharsets.UTF_8));
        }
        return texts;
    }
}
