package io.sabot.connectors.avro;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.MultisetType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** The Avro schema of a table, with the names that Apache Flink gives it. */
final class AvroSchemas {
    private static final String ROOT = "org.apache.flink.avro.generated.record";

    private AvroSchemas() {}

    /**
     * The schema of records with these columns.
     *
     * @param legacyTimestamps whether TIMESTAMP is written as a point in time, as Flink did first and still does unless
     *     told otherwise; else as a local one
     */
    static Schema of(io.sabot.catalog.type.Schema columns, boolean legacyTimestamps) {
        return record(ROOT, columns.fields(), legacyTimestamps);
    }

    private static Schema record(String name, List<Field> columns, boolean legacy) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Field column : columns) {
            Schema type = of(column.type(), name + "_" + column.name(), legacy);
            try {
                fields.add(
                        column.type().nullable()
                                ? new Schema.Field(column.name(), type, null, Schema.Field.NULL_DEFAULT_VALUE)
                                : new Schema.Field(column.name(), type));
            } catch (SchemaParseException e) {
                throw SabotException.of(
                                ErrorCode.INVALID_DEFINITION,
                                "column '" + column.name() + "' cannot be a field of an Avro record")
                        .why("names of fields are letters, digits and _, without a digit in front")
                        .causedBy(e);
            }
        }
        return Schema.createRecord(name, null, null, false, fields);
    }

    private static Schema of(DataType type, String name, boolean legacy) {
        Schema schema = notNull(type, name, legacy);
        return type.nullable() ? Schema.createUnion(Schema.create(Schema.Type.NULL), schema) : schema;
    }

    private static Schema notNull(DataType type, String name, boolean legacy) {
        if (type instanceof AtomicType atomic) {
            return atomic(atomic, legacy);
        }
        if (type instanceof RowType row) {
            return record(name, row.fields(), legacy);
        }
        if (type instanceof ArrayType array) {
            return Schema.createArray(of(array.element(), name, legacy));
        }
        if (type instanceof MapType map) {
            requireTextKey(type, map.key());
            return Schema.createMap(of(map.value(), name, legacy));
        }
        requireTextKey(type, ((MultisetType) type).element());
        return Schema.createMap(Schema.create(Schema.Type.INT));
    }

    private static void requireTextKey(DataType map, DataType key) {
        if (!(key instanceof AtomicType atomic) || !atomic.kind().isText()) {
            throw unsupported(map, "keys of Avro's maps are texts: declare them as STRING");
        }
    }

    private static SabotException unsupported(DataType type, String hint) {
        return SabotException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "format 'avro' cannot hold a value of type " + type.name())
                .hint(hint);
    }

    private static Schema atomic(AtomicType type, boolean legacy) {
        return switch (type.kind()) {
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case TINYINT, SMALLINT, INT -> Schema.create(Schema.Type.INT);
            case BIGINT -> Schema.create(Schema.Type.LONG);
            case FLOAT -> Schema.create(Schema.Type.FLOAT);
            case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case DECIMAL -> logical(Schema.Type.BYTES, LogicalTypes.decimal(type.precision(), type.scale()));
            case CHAR, VARCHAR -> Schema.create(Schema.Type.STRING);
            case BINARY, VARBINARY -> Schema.create(Schema.Type.BYTES);
            case DATE -> logical(Schema.Type.INT, LogicalTypes.date());
            case TIME -> logical(Schema.Type.INT, LogicalTypes.timeMillis());
            case TIMESTAMP, TIMESTAMP_LTZ -> logical(Schema.Type.LONG, timestamp(type, legacy));
            case NULL -> Schema.create(Schema.Type.NULL);
            case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> throw unsupported(type, "declare the column as BIGINT");
        };
    }

    private static LogicalType timestamp(AtomicType type, boolean legacy) {
        boolean local = type.kind() == TypeKind.TIMESTAMP && !legacy;
        if (type.precision() <= 3) {
            return local ? LogicalTypes.localTimestampMillis() : LogicalTypes.timestampMillis();
        }
        if (type.precision() <= 6) {
            return local ? LogicalTypes.localTimestampMicros() : LogicalTypes.timestampMicros();
        }
        throw unsupported(type, "Avro's timestamps have microseconds at most: declare precision 6");
    }

    private static Schema logical(Schema.Type type, LogicalType logical) {
        return logical.addToSchema(Schema.create(type));
    }
}
