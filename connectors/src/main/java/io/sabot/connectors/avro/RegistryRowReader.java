package io.sabot.connectors.avro;

import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.record.RowReader;
import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads records that name their schema: a zero byte, the schema's id as four bytes, then the record. */
final class RegistryRowReader implements RowReader {
    static final int HEAD_BYTES = 5;

    private final SchemaRegistry registry;
    private final List<Wanted> wanted;
    private final Map<Integer, AvroRowReader> readers = new HashMap<>();

    RegistryRowReader(SchemaRegistry registry, List<Wanted> wanted) {
        this.registry = registry;
        this.wanted = List.copyOf(wanted);
    }

    @Override
    public void read(long start, int length, ColumnBuilder[] targets) throws FieldProblem {
        if (length < HEAD_BYTES || Memory.getByte(start) != 0) {
            throw new FieldProblem(
                    "",
                    "the record does not begin with a zero byte and a schema's id: it was not written with a registry");
        }
        int id = Integer.reverseBytes(Memory.getInt(start + 1));
        AvroRowReader reader = readers.get(id);
        if (reader == null) {
            reader = new AvroRowReader(registry.schema(id), wanted);
            readers.put(id, reader);
        }
        reader.read(start + HEAD_BYTES, length - HEAD_BYTES, targets);
    }
}
