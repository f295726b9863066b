package io.sabot.executor.storage;

import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.RowKind;
import io.sabot.executor.batch.Storage;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Batches as Arrow IPC streams: the columns, and the row kinds as a last column of 8-bit integers. What is known of time stands
 * in the metadata of the stream's schema: a {@link LogMark}, and behind which watermark the rows of a batch are late.
 */
final class RowCodec {
    private static final String KINDS = "__kind";
    private static final String LATE = "sabot.late-before";

    private final List<Field> fields;
    private final BufferAllocator allocator;

    RowCodec(Schema schema, BufferAllocator allocator) {
        this.allocator = allocator;
        this.fields = new ArrayList<>();
        schema.fields().forEach(field -> fields.add(Storage.arrowField(field.name(), field.type())));
        fields.add(Field.notNullable(KINDS, new ArrowType.Int(8, true)));
    }

    /**
     * What a stream holds.
     *
     * @param batches owned by the receiver
     * @param mark null where the rows were written without one
     */
    record Part(List<Batch> batches, @Nullable LogMark mark) {}

    /** The batches one behind the other in one stream, without anything about time. */
    byte[] encode(List<Batch> batches) {
        return encode(batches, Map.of());
    }

    /** The batches one behind the other in one stream, with what is known of time. */
    byte[] encode(List<Batch> batches, LogMark mark) {
        Map<String, String> metadata = new HashMap<>();
        mark.write(metadata);
        StringBuilder late = new StringBuilder();
        for (int i = 0; i < batches.size(); i++) {
            if (batches.get(i).lateBefore() != Batch.NOT_LATE) {
                late.append(late.isEmpty() ? "" : ",")
                        .append(i)
                        .append(':')
                        .append(batches.get(i).lateBefore());
            }
        }
        if (!late.isEmpty()) {
            metadata.put(LATE, late.toString());
        }
        return encode(batches, metadata);
    }

    private byte[] encode(List<Batch> batches, Map<String, String> metadata) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (VectorSchemaRoot root = VectorSchemaRoot.create(
                        new org.apache.arrow.vector.types.pojo.Schema(fields, metadata), allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
            writer.start();
            for (Batch batch : batches) {
                fill(root, batch);
                writer.writeBatch();
                root.clear();
            }
            writer.end();
        } catch (IOException e) {
            throw new AssertionError("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void fill(VectorSchemaRoot root, Batch batch) {
        for (int c = 0; c < batch.columnCount(); c++) {
            try (FieldVector shared = batch.shareVector(c)) {
                load(shared, root.getVector(c));
            }
        }
        TinyIntVector kinds = (TinyIntVector) root.getVector(batch.columnCount());
        kinds.allocateNew(Math.max(1, batch.rowCount()));
        for (int row = 0; row < batch.rowCount(); row++) {
            kinds.set(row, batch.kind(row).code());
        }
        root.setRowCount(batch.rowCount());
    }

    /** Columns and fields of rows are matched by place: a query may have other names for the fields than the table. */
    private static void load(FieldVector from, FieldVector to) {
        to.loadFieldBuffers(new ArrowFieldNode(from.getValueCount(), from.getNullCount()), from.getFieldBuffers());
        for (int i = 0; i < from.getChildrenFromFields().size(); i++) {
            load(from.getChildrenFromFields().get(i), to.getChildrenFromFields().get(i));
        }
    }

    /** What {@link #encode} wrote. */
    Part decode(byte[] bytes) {
        List<Batch> batches = new ArrayList<>();
        try (ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            Map<String, String> metadata = root.getSchema().getCustomMetadata();
            Map<Integer, Long> late = late(metadata.getOrDefault(LATE, ""));
            while (reader.loadNextBatch()) {
                batches.add(take(root, late.getOrDefault(batches.size(), Batch.NOT_LATE)));
            }
            return new Part(batches, LogMark.read(metadata));
        } catch (IOException | RuntimeException e) {
            batches.forEach(Batch::close);
            throw SabotException.of(ErrorCode.IO_ERROR, "stored rows cannot be read")
                    .causedBy(e);
        } catch (Error e) {
            batches.forEach(Batch::close);
            throw e;
        }
    }

    private static Map<Integer, Long> late(String text) {
        Map<Integer, Long> late = new HashMap<>();
        for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int colon = pair.indexOf(':');
            late.put(Integer.valueOf(pair.substring(0, colon)), Long.valueOf(pair.substring(colon + 1)));
        }
        return late;
    }

    private Batch take(VectorSchemaRoot root, long lateBefore) {
        int rows = root.getRowCount();
        List<FieldVector> vectors = new ArrayList<>();
        int last = root.getFieldVectors().size() - 1;
        try {
            for (Field field : fields.subList(0, fields.size() - 1)) {
                vectors.add(take(root, field, rows));
            }
            return new Batch(vectors, rows, kinds((TinyIntVector) root.getVector(last), rows), lateBefore);
        } catch (RuntimeException | Error e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }

    /** A column of the stream; NULL where it was written before the table had it. */
    private FieldVector take(VectorSchemaRoot root, Field field, int rows) {
        FieldVector written = root.getVector(field.getName());
        if (written == null) {
            return missing(field, rows);
        }
        var pair = written.getTransferPair(allocator);
        pair.transfer();
        return (FieldVector) pair.getTo();
    }

    private FieldVector missing(Field field, int rows) {
        FieldVector missing = field.createVector(allocator);
        try {
            missing.setInitialCapacity(Math.max(1, rows));
            missing.allocateNew();
            for (int row = 0; row < rows; row++) {
                missing.setNull(row);
            }
            missing.setValueCount(rows);
            return missing;
        } catch (RuntimeException | Error e) {
            missing.close();
            throw e;
        }
    }

    private @Nullable ArrowBuf kinds(TinyIntVector column, int rows) {
        boolean insertOnly = true;
        for (int row = 0; row < rows && insertOnly; row++) {
            insertOnly = column.get(row) == RowKind.INSERT.code();
        }
        if (insertOnly) {
            return null;
        }
        ArrowBuf kinds = allocator.buffer(rows);
        Memory.copy(column.getDataBufferAddress(), kinds.memoryAddress(), rows);
        return kinds;
    }
}
