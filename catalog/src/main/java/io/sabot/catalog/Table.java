package io.sabot.catalog;

import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Identifiers;
import io.sabot.catalog.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table or stream.
 *
 * @param primaryKey names of the key columns, empty when there is no key
 * @param partitionedBy names of the partition columns
 * @param options {@code WITH} options in the order written; without {@code connector} the engine keeps the rows itself
 * @param times of a materialized view, whose rows bring the watermark of its query; empty for all others
 */
public record Table(
        ObjectName name,
        TableKind kind,
        List<Column> columns,
        List<String> primaryKey,
        Optional<Watermark> watermark,
        List<String> partitionedBy,
        Map<String, String> options,
        String comment,
        boolean temporary,
        List<TimeAttribute> times)
        implements CatalogObject {
    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        partitionedBy = List.copyOf(partitionedBy);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        times = List.copyOf(times);
    }

    /** A table that is no materialized view. */
    public Table(
            ObjectName name,
            TableKind kind,
            List<Column> columns,
            List<String> primaryKey,
            Optional<Watermark> watermark,
            List<String> partitionedBy,
            Map<String, String> options,
            String comment,
            boolean temporary) {
        this(name, kind, columns, primaryKey, watermark, partitionedBy, options, comment, temporary, List.of());
    }

    /** The same table with other options. */
    public Table withOptions(Map<String, String> other) {
        return new Table(name, kind, columns, primaryKey, watermark, partitionedBy, other, comment, temporary, times);
    }

    @Override
    public Schema schema() {
        return new Schema(columns.stream()
                .map(column -> new Field(column.name(), column.type()))
                .toList());
    }

    /** The columns that {@code INSERT} writes: physical ones and metadata that is not virtual. */
    public Schema sinkSchema() {
        return new Schema(columns.stream()
                .filter(column -> column instanceof Column.Physical
                        || (column instanceof Column.Metadata metadata && !metadata.virtual()))
                .map(column -> new Field(column.name(), column.type()))
                .toList());
    }

    /** The columns that records carry. */
    public Schema physicalSchema() {
        return new Schema(columns.stream()
                .filter(Column.Physical.class::isInstance)
                .map(column -> new Field(column.name(), column.type()))
                .toList());
    }

    /** Value of {@code connector}; empty when the engine keeps the rows itself. */
    public Optional<String> connector() {
        return Optional.ofNullable(options.get("connector"));
    }

    @Override
    public String createSql() {
        StringBuilder sql = new StringBuilder("CREATE ");
        sql.append(temporary ? "TEMPORARY " : "").append(kind).append(' ').append(name.sql());
        List<String> elements = new ArrayList<>();
        columns.forEach(column -> elements.add(columnSql(column)));
        watermark.ifPresent(mark ->
                elements.add("WATERMARK FOR " + Identifiers.quote(mark.column()) + " AS " + mark.expressionSql()));
        if (!primaryKey.isEmpty()) {
            elements.add("PRIMARY KEY (" + names(primaryKey) + ") NOT ENFORCED");
        }
        sql.append(elements.stream().collect(Collectors.joining(",\n  ", " (\n  ", "\n)")));
        if (!comment.isEmpty()) {
            sql.append("\nCOMMENT ").append(Identifiers.literal(comment));
        }
        if (!partitionedBy.isEmpty()) {
            sql.append("\nPARTITIONED BY (").append(names(partitionedBy)).append(')');
        }
        if (!options.isEmpty()) {
            sql.append(options.entrySet().stream()
                    .map(option ->
                            Identifiers.literal(option.getKey()) + " = " + Identifiers.literal(option.getValue()))
                    .collect(Collectors.joining(",\n  ", "\nWITH (\n  ", "\n)")));
        }
        return sql.toString();
    }

    private static String columnSql(Column column) {
        String head = Identifiers.quote(column.name()) + " ";
        String tail = column.comment().isEmpty() ? "" : " COMMENT " + Identifiers.literal(column.comment());
        if (column instanceof Column.Computed computed) {
            return head + "AS " + computed.expressionSql() + tail;
        }
        if (column instanceof Column.Metadata metadata) {
            String from = metadata.key().equals(metadata.name()) ? "" : " FROM " + Identifiers.literal(metadata.key());
            return head + metadata.type().sql() + " METADATA" + from + (metadata.virtual() ? " VIRTUAL" : "") + tail;
        }
        return head + column.type().sql() + tail;
    }

    private static String names(List<String> names) {
        return names.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    }
}
