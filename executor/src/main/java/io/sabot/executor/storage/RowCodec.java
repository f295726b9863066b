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
import java.util.List;
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

/** Batches as Arrow IPC streams: the columns, and the row kinds as a last column of 8-bit integers. */
final class RowCodec {
    private static final String KINDS = "__kind";

    private final List<Field> fields;
    private final BufferAllocator allocator;

    RowCodec(Schema schema, BufferAllocator allocator) {
        this.allocator = allocator;
        this.fields = new ArrayList<>();
        schema.fields().forEach(field -> fields.add(Storage.arrowField(field.name(), field.type())));
        fields.add(Field.notNullable(KINDS, new ArrowType.Int(8, true)));
    }

    /** The batches one behind the other in one stream. */
    byte[] encode(List<Batch> batches) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (VectorSchemaRoot root =
                        VectorSchemaRoot.create(new org.apache.arrow.vector.types.pojo.Schema(fields), allocator);
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

    /** The batches of a stream, owned by the caller. */
    List<Batch> decode(byte[] bytes) {
        List<Batch> batches = new ArrayList<>();
        try (ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                batches.add(take(root));
            }
            return batches;
        } catch (IOException | RuntimeException e) {
            batches.forEach(Batch::close);
            throw SabotException.of(ErrorCode.IO_ERROR, "stored rows cannot be read")
                    .causedBy(e);
        }
    }

    private Batch take(VectorSchemaRoot root) {
        int rows = root.getRowCount();
        List<FieldVector> vectors = new ArrayList<>();
        int last = root.getFieldVectors().size() - 1;
        for (Field field : fields.subList(0, fields.size() - 1)) {
            vectors.add(take(root, field, rows));
        }
        return new Batch(vectors, rows, kinds((TinyIntVector) root.getVector(last), rows), Batch.NOT_LATE);
    }

    /** A column of the stream; NULL where it was written before the table had it. */
    private FieldVector take(VectorSchemaRoot root, Field field, int rows) {
        FieldVector written = root.getVector(field.getName());
        if (written == null) {
            FieldVector missing = field.createVector(allocator);
            missing.setInitialCapacity(Math.max(1, rows));
            missing.allocateNew();
            for (int row = 0; row < rows; row++) {
                missing.setNull(row);
            }
            missing.setValueCount(rows);
            return missing;
        }
        var pair = written.getTransferPair(allocator);
        pair.transfer();
        return (FieldVector) pair.getTo();
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
