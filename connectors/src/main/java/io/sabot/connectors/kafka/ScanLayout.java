package io.sabot.connectors.kafka;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.connector.ScanFilter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where the columns of a scan come from. Batches are built in the order value, key, metadata.
 *
 * @param value columns of the value's format
 * @param key columns of the key's format, under the names that the key has for them
 * @param metadata columns that the connector fills
 * @param order for each column of the scan its place among the columns built
 */
record ScanLayout(
        List<ScanColumn> value, List<ScanColumn> key, List<ScanColumn.Metadata> metadata, List<Integer> order) {
    ScanLayout {
        value = List.copyOf(value);
        key = List.copyOf(key);
        metadata = List.copyOf(metadata);
        order = List.copyOf(order);
    }

    private static final String VALUE_METADATA = "value.";

    static ScanLayout of(List<ScanColumn> columns, KafkaTable table) {
        List<ScanColumn> value = new ArrayList<>();
        List<ScanColumn> ofFormat = new ArrayList<>();
        List<ScanColumn> key = new ArrayList<>();
        List<ScanColumn.Metadata> metadata = new ArrayList<>();
        for (ScanColumn column : columns) {
            switch (part(column, table)) {
                case VALUE -> value.add(column);
                case VALUE_METADATA -> ofFormat.add(inValue((ScanColumn.Metadata) column));
                case KEY -> key.add(inKey(column, table));
                case METADATA -> metadata.add(checked(column));
            }
        }
        int physical = value.size();
        value.addAll(ofFormat);
        Map<Part, Integer> next = new EnumMap<>(Map.of(
                Part.VALUE,
                0,
                Part.VALUE_METADATA,
                physical,
                Part.KEY,
                value.size(),
                Part.METADATA,
                value.size() + key.size()));
        List<Integer> order = columns.stream()
                .map(column -> next.merge(part(column, table), 1, Integer::sum) - 1)
                .toList();
        return new ScanLayout(value, key, metadata, order);
    }

    /** The parts of a record, in the order in which their columns are built. */
    private enum Part {
        VALUE,
        VALUE_METADATA,
        KEY,
        METADATA
    }

    private static Part part(ScanColumn column, KafkaTable table) {
        if (column instanceof ScanColumn.Physical physical) {
            return table.readFromKey(physical.path().get(0)) ? Part.KEY : Part.VALUE;
        }
        return column.label().startsWith(VALUE_METADATA) ? Part.VALUE_METADATA : Part.METADATA;
    }

    private static ScanColumn inValue(ScanColumn.Metadata column) {
        return new ScanColumn.Metadata(column.key().substring(VALUE_METADATA.length()), column.type());
    }

    private static ScanColumn.Metadata checked(ScanColumn column) {
        ScanColumn.Metadata metadata = new ScanColumn.Metadata(column.label(), column.type());
        MetadataField.of(metadata.key()).check(metadata.type());
        return metadata;
    }

    private static ScanColumn inKey(ScanColumn column, KafkaTable table) {
        List<String> path = new ArrayList<>(((ScanColumn.Physical) column).path());
        path.set(0, table.nameInKey(path.get(0)));
        return new ScanColumn.Physical(path, column.type());
    }

    /** The columns in the order in which they are built. */
    Schema built() {
        List<Field> fields = new ArrayList<>();
        for (List<? extends ScanColumn> part : List.of(value, key, metadata)) {
            part.forEach(column -> fields.add(new Field(column.label(), column.type())));
        }
        return new Schema(fields);
    }

    /** What of a filter over the scan's columns the value's decoder can test. */
    ScanFilter valueFilter(ScanFilter filter) {
        return new ScanFilter(
                filter.comparisons().stream()
                        .filter(comparison -> order.get(comparison.column()) < value.size())
                        .map(comparison -> new ScanFilter.Comparison(
                                order.get(comparison.column()), comparison.operator(), comparison.constant()))
                        .toList(),
                filter.needed().stream()
                        .map(order::get)
                        .filter(column -> column < value.size())
                        .toList(),
                filter.dropRejected());
    }
}
