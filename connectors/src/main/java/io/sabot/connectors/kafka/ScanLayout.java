package io.sabot.connectors.kafka;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.connector.ScanFilter;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the columns of a scan come from. Batches are built in the order value, key, metadata.
 *
 * @param value columns of the value's format
 * @param key columns of the key's format, under the names that the key has for them
 * @param metadata columns that the connector fills
 * @param order for each column of the scan its place among the columns built
 */
record ScanLayout(List<ScanColumn> value, List<ScanColumn> key, List<ScanColumn.Metadata> metadata, int[] order) {
    private static final String VALUE_METADATA = "value.";

    static ScanLayout of(List<ScanColumn> columns, KafkaTable table) {
        List<ScanColumn> value = new ArrayList<>();
        List<ScanColumn> key = new ArrayList<>();
        List<ScanColumn.Metadata> metadata = new ArrayList<>();
        List<List<? extends ScanColumn>> part = new ArrayList<>();
        int[] place = new int[columns.size()];
        for (ScanColumn column : columns) {
            if (column instanceof ScanColumn.Physical physical) {
                if (table.onlyInKey(physical.path().get(0))) {
                    place[part.size()] = key.size();
                    part.add(key);
                    key.add(inKey(physical, table));
                } else {
                    place[part.size()] = value.size();
                    part.add(value);
                    value.add(physical);
                }
            } else if (column instanceof ScanColumn.Metadata own && own.key().startsWith(VALUE_METADATA)) {
                place[part.size()] = value.size();
                part.add(value);
                value.add(new ScanColumn.Metadata(own.key().substring(VALUE_METADATA.length()), own.type()));
            } else if (column instanceof ScanColumn.Metadata own) {
                MetadataField.of(own.key()).check(own.type());
                place[part.size()] = metadata.size();
                part.add(metadata);
                metadata.add(own);
            }
        }
        int[] order = new int[columns.size()];
        for (int i = 0; i < order.length; i++) {
            List<? extends ScanColumn> from = part.get(i);
            int before = from == value ? 0 : from == key ? value.size() : value.size() + key.size();
            order[i] = before + place[i];
        }
        return new ScanLayout(value, key, metadata, order);
    }

    private static ScanColumn inKey(ScanColumn.Physical column, KafkaTable table) {
        List<String> path = new ArrayList<>(column.path());
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
                        .filter(comparison -> order[comparison.column()] < value.size())
                        .map(comparison -> new ScanFilter.Comparison(
                                order[comparison.column()], comparison.operator(), comparison.constant()))
                        .toList(),
                filter.needed().stream()
                        .map(column -> order[column])
                        .filter(column -> column < value.size())
                        .toList(),
                filter.dropRejected());
    }
}
