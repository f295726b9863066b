package io.sabot.connectors.json;

import io.sabot.catalog.connector.MetadataSpec;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.RowKind;
import java.io.IOException;
import java.util.List;

/**
 * <pre>
 *  {"data": {…}, "old": {changed columns}, "type": "insert" | "update" | "delete" | "bootstrap-insert", "database": …, "table": …, "ts": …}
 * </pre>
 */
final class MaxwellEnvelope implements Envelope {
    static final List<MetadataSpec> METADATA = List.of(
            new MetadataSpec("database", AtomicType.STRING, false, "Database of the row"),
            new MetadataSpec("table", AtomicType.STRING, false, "Table of the row"),
            new MetadataSpec(
                    "primary-key-columns", new ArrayType(AtomicType.STRING, true), false, "Columns of the primary key"),
            new MetadataSpec(
                    "ingestion-timestamp", AtomicType.timestampLtz(3), false, "When the connector read the change"));

    private final ObjectFields message = new ObjectFields();

    @Override
    public void read(long start, int length, boolean keyed, RowImages images) throws IOException, FieldProblem {
        message.read(start, start + length);
        String type = message.text("type");
        switch (type) {
            case "insert", "bootstrap-insert" -> images.add(RowKind.INSERT, from("data"), to("data"));
            case "delete" -> images.add(RowKind.DELETE, from("data"), to("data"));
            case "update" -> {
                if (!keyed) {
                    images.addMerged(RowKind.UPDATE_BEFORE, from("old"), to("old"), from("data"), to("data"));
                }
                images.add(RowKind.UPDATE_AFTER, from("data"), to("data"));
            }
            case "bootstrap-start", "bootstrap-complete" -> {} // no rows
            default ->
                throw new FieldProblem(
                        "type",
                        type.isEmpty() ? "the field is missing" : "'" + type + "' is none of insert, update, delete");
        }
    }

    private long from(String name) throws FieldProblem {
        return message.start(required(name));
    }

    private long to(String name) throws FieldProblem {
        return message.end(required(name));
    }

    private int required(String name) throws FieldProblem {
        int field = message.findObject(name);
        if (field < 0) {
            throw new FieldProblem(name, "the row is missing");
        }
        return field;
    }

    @Override
    public Place find(String metadataKey) {
        return switch (metadataKey) {
            case "database" -> Place.of(message, "database");
            case "table" -> Place.of(message, "table");
            case "primary-key-columns" -> Place.of(message, "primary_key_columns");
            case "ingestion-timestamp" -> Place.of(message, "ts");
            default -> throw new AssertionError(metadataKey);
        };
    }
}
