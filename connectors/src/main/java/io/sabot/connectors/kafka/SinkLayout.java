package io.sabot.connectors.kafka;

import io.sabot.catalog.Column;
import io.sabot.catalog.Table;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;

/**
 * Where the columns of an INSERT go.
 *
 * @param value columns that values hold
 * @param key columns that keys hold, in the order of 'key.fields'
 * @param metadata column of each metadata field that is written
 */
record SinkLayout(Schema schema, List<Integer> value, List<Integer> key, Map<MetadataField, Integer> metadata) {
    SinkLayout {
        value = List.copyOf(value);
        key = List.copyOf(key);
        metadata = Map.copyOf(metadata);
    }

    static SinkLayout of(Table table, KafkaTable kafka) {
        Schema schema = table.sinkSchema();
        List<Integer> value = new ArrayList<>();
        Map<MetadataField, Integer> metadata = new EnumMap<>(MetadataField.class);
        int index = 0;
        for (Column column : table.columns()) {
            if (column instanceof Column.Physical) {
                if (!kafka.onlyInKey(column.name())) {
                    value.add(index);
                }
                index++;
            } else if (column instanceof Column.Metadata own && !own.virtual()) {
                metadata.put(writable(own), index++);
            }
        }
        List<Integer> key = kafka.keyFields().stream()
                .map(name -> schema.indexOf(name).orElseThrow())
                .toList();
        return new SinkLayout(schema, value, key, metadata);
    }

    private static MetadataField writable(Column.Metadata column) {
        MetadataField field = MetadataField.of(column.key());
        if (!field.writable()) {
            throw SabotException.of(
                            ErrorCode.INVALID_DEFINITION,
                            "metadata '" + column.key() + "' of connector 'kafka' cannot be written")
                    .why("column '" + column.name() + "' would be part of every INSERT")
                    .hint("declare it '" + column.name() + " " + column.type().name() + " METADATA ... VIRTUAL'");
        }
        field.check(column.type());
        return field;
    }

    /** The columns of values. */
    Schema valueSchema() {
        return new Schema(value.stream().map(schema.fields()::get).toList());
    }

    /** Type of a column. */
    DataType type(int column) {
        return schema.type(column);
    }

    /** The columns of a part as a batch of their own over the same memory, closed by the caller. */
    static Batch part(Batch batch, List<Integer> columns) {
        if (columns.equals(IntStream.range(0, batch.columnCount()).boxed().toList())) {
            return batch.retain();
        }
        List<FieldVector> vectors = new ArrayList<>(columns.size());
        for (int column : columns) {
            vectors.add(batch.shareVector(column));
        }
        return new Batch(vectors, batch.rowCount(), batch.retainKinds(), batch.lateBefore());
    }
}
