package io.sabot.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sabot.catalog.connector.MetadataSpec;
import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.MapType;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.executor.batch.RowKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * <pre>
 *  {"data": [{…}, …], "old": [{changed columns}, …], "type": "INSERT" | "UPDATE" | "DELETE" | "CREATE", "database": …, "table": …}
 * </pre>
 *
 * A message may hold several rows. Of an update, {@code old} has the columns that changed as they were.
 */
final class CanalEnvelope implements Envelope {
    static final List<MetadataSpec> METADATA = List.of(
            new MetadataSpec("database", AtomicType.STRING, false, "Database of the row"),
            new MetadataSpec("table", AtomicType.STRING, false, "Table of the row"),
            new MetadataSpec(
                    "sql-type", new MapType(AtomicType.STRING, AtomicType.INT, true), false, "SQL type of each column"),
            new MetadataSpec("pk-names", new ArrayType(AtomicType.STRING, true), false, "Columns of the primary key"),
            new MetadataSpec(
                    "ingestion-timestamp", AtomicType.timestampLtz(3), false, "When the connector read the change"),
            new MetadataSpec(
                    "event-timestamp", AtomicType.timestampLtz(3), false, "When the database made the change"));

    private final Pattern database;
    private final Pattern table;
    private final ObjectFields message = new ObjectFields();

    /** Reads the changes of tables whose names match, each the whole name. */
    CanalEnvelope(Pattern database, Pattern table) {
        this.database = database;
        this.table = table;
    }

    @Override
    public void read(long start, int length, boolean keyed, RowImages images) throws IOException, FieldProblem {
        message.read(start, start + length);
        if (!database.matcher(message.text("database")).matches()
                || !table.matcher(message.text("table")).matches()) {
            return;
        }
        String type = message.text("type");
        switch (type) {
            case "INSERT" -> rows(RowKind.INSERT, images);
            case "DELETE" -> rows(RowKind.DELETE, images);
            case "UPDATE" -> updates(keyed, images);
            case "CREATE" -> {} // of a table
            default ->
                throw new FieldProblem(
                        "type",
                        type.isEmpty()
                                ? "the field is missing"
                                : "'" + type + "' is none of INSERT, UPDATE, DELETE, CREATE");
        }
    }

    private void rows(RowKind kind, RowImages images) throws IOException, FieldProblem {
        for (Place row : objects("data")) {
            images.add(kind, row.from(), row.to());
        }
    }

    private void updates(boolean keyed, RowImages images) throws IOException, FieldProblem {
        List<Place> rows = objects("data");
        List<Place> changed = keyed ? List.of() : objects("old");
        for (int i = 0; i < rows.size(); i++) {
            Place row = rows.get(i);
            if (!keyed) {
                if (i >= changed.size()) {
                    throw new FieldProblem("old", "there are fewer rows than in data");
                }
                Place old = changed.get(i);
                images.addMerged(RowKind.UPDATE_BEFORE, old.from(), old.to(), row.from(), row.to());
            }
            images.add(RowKind.UPDATE_AFTER, row.from(), row.to());
        }
    }

    private List<Place> objects(String name) throws IOException, FieldProblem {
        int field = message.findArray(name);
        if (field < 0) {
            throw new FieldProblem(name, "the field is missing");
        }
        long from = message.start(field);
        byte[] bytes = ObjectFields.bytes(from, (int) (message.end(field) - from));
        List<Place> found = new ArrayList<>();
        try (JsonParser parser = JacksonDecoder.FACTORY.createParser(bytes)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw new FieldProblem(name, "expected an object, found " + JsonValue.describe(parser));
                }
                long start = from + parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                found.add(new Place(start, from + parser.currentLocation().getByteOffset()));
            }
        }
        return found;
    }

    @Override
    public Place find(String metadataKey) {
        return switch (metadataKey) {
            case "database" -> Place.of(message, "database");
            case "table" -> Place.of(message, "table");
            case "sql-type" -> Place.of(message, "sqlType");
            case "pk-names" -> Place.of(message, "pkNames");
            case "ingestion-timestamp" -> Place.of(message, "ts");
            case "event-timestamp" -> Place.of(message, "es");
            default -> throw new AssertionError(metadataKey);
        };
    }
}
