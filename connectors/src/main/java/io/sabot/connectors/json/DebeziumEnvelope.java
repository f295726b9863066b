package io.sabot.connectors.json;

import io.sabot.catalog.connector.MetadataSpec;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.MapType;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.RowKind;
import java.io.IOException;
import java.util.List;

/**
 * <pre>
 *  {"before": {…}, "after": {…}, "source": {…}, "op": "c" | "r" | "u" | "d", "ts_ms": …}
 *  {"schema": {…}, "payload": {the same}}      with option schema-include
 * </pre>
 */
final class DebeziumEnvelope implements Envelope {
    static final List<MetadataSpec> METADATA = List.of(
            new MetadataSpec("schema", AtomicType.STRING, false, "Schema of the payload as JSON; with schema-include"),
            new MetadataSpec(
                    "ingestion-timestamp", AtomicType.timestampLtz(3), false, "When the connector read the change"),
            new MetadataSpec(
                    "source.timestamp", AtomicType.timestampLtz(3), false, "When the database made the change"),
            new MetadataSpec("source.database", AtomicType.STRING, false, "Database of the row"),
            new MetadataSpec("source.schema", AtomicType.STRING, false, "Schema of the row's table"),
            new MetadataSpec("source.table", AtomicType.STRING, false, "Table of the row"),
            new MetadataSpec(
                    "source.properties",
                    new MapType(AtomicType.STRING, AtomicType.STRING, true),
                    false,
                    "All that the message says about its source"));

    private final boolean schemaIncluded;
    private final ObjectFields outer = new ObjectFields();
    private final ObjectFields payload = new ObjectFields();
    private final ObjectFields source = new ObjectFields();

    DebeziumEnvelope(boolean schemaIncluded) {
        this.schemaIncluded = schemaIncluded;
    }

    @Override
    public void read(long start, int length, boolean keyed, RowImages images) throws IOException, FieldProblem {
        if (schemaIncluded) {
            outer.read(start, start + length);
            int inner = outer.findObject("payload");
            if (inner < 0) {
                throw new FieldProblem("payload", "the field is missing, but 'schema-include' says that it is there");
            }
            payload.read(outer.start(inner), outer.end(inner));
        } else {
            payload.read(start, start + length);
        }
        String operation = payload.text("op");
        switch (operation) {
            case "c", "r" -> after(RowKind.INSERT, images);
            case "u" -> {
                if (!keyed) {
                    before(RowKind.UPDATE_BEFORE, "an update", images);
                }
                after(RowKind.UPDATE_AFTER, images);
            }
            case "d" -> before(RowKind.DELETE, "a delete", images);
            default ->
                throw new FieldProblem(
                        "op",
                        operation.isEmpty()
                                ? "the field is missing" + hintOfSchema()
                                : "'" + operation + "' is none of c, r, u, d");
        }
    }

    private String hintOfSchema() {
        return !schemaIncluded && payload.find("payload") >= 0
                ? "; the message has a 'payload', so 'debezium-json.schema-include' should be 'true'"
                : "";
    }

    private void after(RowKind kind, RowImages images) throws FieldProblem {
        int field = payload.findObject("after");
        if (field < 0) {
            throw new FieldProblem("after", "the row is missing");
        }
        images.add(kind, payload.start(field), payload.end(field));
    }

    private void before(RowKind kind, String operation, RowImages images) throws FieldProblem {
        int field = payload.findObject("before");
        if (field < 0) {
            throw new FieldProblem(
                    "before",
                    "the row of before " + operation
                            + " is missing. A PostgreSQL table has it with REPLICA IDENTITY FULL;"
                            + (kind == RowKind.UPDATE_BEFORE
                                    ? " a table here with a PRIMARY KEY does without after"
                                            + " SET 'table.exec.source.cdc-events-duplicate' = 'true'"
                                    : " without it nobody can tell which row goes"));
        }
        images.add(kind, payload.start(field), payload.end(field));
    }

    @Override
    public Place find(String metadataKey) throws IOException, FieldProblem {
        return switch (metadataKey) {
            case "schema" -> schemaIncluded ? Place.of(outer, "schema") : Place.NONE;
            case "ingestion-timestamp" -> Place.of(payload, "ts_ms");
            case "source.timestamp" -> ofSource("ts_ms");
            case "source.database" -> ofSource("db");
            case "source.schema" -> ofSource("schema");
            case "source.table" -> ofSource("table");
            case "source.properties" -> Place.of(payload, "source");
            default -> throw new AssertionError(metadataKey);
        };
    }

    private Place ofSource(String name) throws IOException, FieldProblem {
        int field = payload.findObject("source");
        if (field < 0) {
            return Place.NONE;
        }
        source.read(payload.start(field), payload.end(field));
        return Place.of(source, name);
    }
}
