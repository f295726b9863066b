package io.sabot.connectors.kafka;

import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Appends one metadata column of records to a batch. */
final class MetadataWriter {
    private final MetadataField field;
    private final boolean isLong;
    private final boolean isLocal;
    private final long unitsPerMilli;
    private final ZoneId zone;

    /** @param zone in which a TIMESTAMP without time zone is read */
    MetadataWriter(ScanColumn.Metadata column, ZoneId zone) {
        this.field = MetadataField.of(column.key());
        this.zone = zone;
        if (column.type() instanceof AtomicType type) {
            isLong = type.kind() == TypeKind.BIGINT;
            isLocal = type.kind() == TypeKind.TIMESTAMP;
            unitsPerMilli = Storage.unitsPerMilli(type.precision());
        } else {
            isLong = false;
            isLocal = false;
            unitsPerMilli = 1;
        }
    }

    /** The zone of a session. */
    static ZoneId zone(Map<String, String> settings) {
        String zone = settings.getOrDefault("table.local-time-zone", "default");
        return zone.equals("default") ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    void append(ConsumerRecord<?, ?> record, ColumnBuilder column) {
        switch (field) {
            case TOPIC -> column.appendText(record.topic());
            case PARTITION -> appendNumber(record.partition(), column);
            case OFFSET -> column.appendLong(record.offset());
            case TIMESTAMP -> column.appendLong(local(record.timestamp()) * unitsPerMilli);
            case TIMESTAMP_TYPE -> column.appendText(record.timestampType().toString());
            case HEADERS -> appendHeaders(record, column);
            case LEADER_EPOCH -> {
                Optional<Integer> epoch = record.leaderEpoch();
                if (epoch.isPresent()) {
                    appendNumber(epoch.get(), column);
                } else {
                    column.appendNull();
                }
            }
        }
    }

    private void appendNumber(int value, ColumnBuilder column) {
        if (isLong) {
            column.appendLong(value);
        } else {
            column.appendInt(value);
        }
    }

    private long local(long millis) {
        if (!isLocal) {
            return millis;
        }
        return millis + zone.getRules().getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds() * 1000L;
    }

    private static void appendHeaders(ConsumerRecord<?, ?> record, ColumnBuilder column) {
        Map<String, Header> last = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            last.put(header.key(), header);
        }
        ColumnBuilder entries = column.child(0);
        for (Header header : List.copyOf(last.values())) {
            byte[] key = header.key().getBytes(StandardCharsets.UTF_8);
            entries.child(0).appendBytes(key, 0, key.length);
            byte[] value = header.value();
            if (value == null) {
                entries.child(1).appendNull();
            } else {
                entries.child(1).appendBytes(value, 0, value.length);
            }
            entries.appendStruct();
        }
        column.appendList();
    }
}
