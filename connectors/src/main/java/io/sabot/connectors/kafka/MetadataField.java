package io.sabot.connectors.kafka;

import io.sabot.catalog.connector.MetadataSpec;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.Arrays;
import java.util.List;

/** What a record carries beside key and value. */
enum MetadataField {
    TOPIC("topic", true, "Topic of the record"),
    PARTITION("partition", false, "Partition of the record"),
    OFFSET("offset", false, "Offset of the record in its partition"),
    TIMESTAMP("timestamp", true, "Timestamp of the record"),
    TIMESTAMP_TYPE("timestamp-type", false, "What the timestamp is: CreateTime, LogAppendTime or NoTimestampType"),
    HEADERS("headers", true, "Headers of the record; of a name that occurs several times the last"),
    LEADER_EPOCH("leader-epoch", false, "Leader epoch of the record, if the broker tells it");

    private final String key;
    private final boolean writable;
    private final String description;

    MetadataField(String key, boolean writable, String description) {
        this.key = key;
        this.writable = writable;
        this.description = description;
    }

    String key() {
        return key;
    }

    DataType type() {
        return switch (this) {
            case TOPIC, TIMESTAMP_TYPE -> AtomicType.STRING.withNullable(false);
            case PARTITION -> AtomicType.INT.withNullable(false);
            case OFFSET -> AtomicType.BIGINT.withNullable(false);
            case TIMESTAMP -> AtomicType.timestampLtz(3).withNullable(false);
            case HEADERS -> new MapType(AtomicType.STRING.withNullable(false), AtomicType.BYTES, false);
            case LEADER_EPOCH -> AtomicType.INT;
        };
    }

    boolean writable() {
        return writable;
    }

    /** All of them, as a connector offers them. */
    static List<MetadataSpec> specs() {
        return Arrays.stream(values())
                .map(field -> new MetadataSpec(field.key, field.type(), field.writable, field.description))
                .toList();
    }

    static MetadataField of(String key) {
        return Arrays.stream(values())
                .filter(field -> field.key.equals(key))
                .findFirst()
                .orElseThrow(() -> SabotException.of(
                                ErrorCode.UNDEFINED_COLUMN, "connector 'kafka' has no metadata '" + key + "'")
                        .why("it has "
                                + String.join(
                                        ", ",
                                        Arrays.stream(values())
                                                .map(MetadataField::key)
                                                .toList())));
    }

    /** Refuses a column type that the field cannot be read as or written from. */
    void check(DataType declared) {
        if (!fits(declared)) {
            throw SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "metadata '" + key + "' cannot have the type " + declared.name())
                    .why("it is " + type().name());
        }
    }

    private boolean fits(DataType declared) {
        if (this == HEADERS) {
            return declared instanceof MapType map && isText(map.key()) && isBinary(map.value());
        }
        if (!(declared instanceof AtomicType atomic)) {
            return false;
        }
        return switch (this) {
            case TOPIC, TIMESTAMP_TYPE -> atomic.kind().isText();
            case PARTITION, LEADER_EPOCH -> atomic.kind() == TypeKind.INT || atomic.kind() == TypeKind.BIGINT;
            case OFFSET -> atomic.kind() == TypeKind.BIGINT;
            case TIMESTAMP -> atomic.kind().isTimestamp();
            case HEADERS -> throw new AssertionError(this);
        };
    }

    private static boolean isText(DataType type) {
        return type instanceof AtomicType atomic && atomic.kind().isText();
    }

    private static boolean isBinary(DataType type) {
        return type instanceof AtomicType atomic && atomic.kind().isBinary();
    }
}
