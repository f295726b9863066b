package io.sabot.connectors.kafka;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Storage;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** What rows say about topic, timestamp and headers of their records. */
final class RowMetadata {
    private final SinkLayout layout;
    private final String topic;
    private final ZoneId zone;

    /**
     * @param topic of rows that do not say theirs; empty when all must
     * @param zone in which a TIMESTAMP without time zone is meant
     */
    RowMetadata(SinkLayout layout, String topic, ZoneId zone) {
        this.layout = layout;
        this.topic = topic;
        this.zone = zone;
    }

    boolean topicByRow() {
        return layout.metadata().containsKey(MetadataField.TOPIC);
    }

    String topic(Batch batch, int row) {
        Integer index = layout.metadata().get(MetadataField.TOPIC);
        if (index == null || batch.column(index).isNull(row)) {
            if (topic.isEmpty()) {
                throw SabotException.of(ErrorCode.NULL_NOT_ALLOWED, "metadata 'topic' of a row is NULL")
                        .why("the table has several topics");
            }
            return topic;
        }
        Column column = batch.column(index);
        byte[] text = new byte[column.length(row)];
        Memory.copy(column.start(row), text, 0, text.length);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Milliseconds, or null to take the time of sending. */
    @Nullable
    Long timestamp(Batch batch, int row) {
        Integer index = layout.metadata().get(MetadataField.TIMESTAMP);
        if (index == null || batch.column(index).isNull(row) || !(layout.type(index) instanceof AtomicType type)) {
            return null;
        }
        long millis = Math.floorDiv(batch.column(index).getLong(row), Storage.unitsPerMilli(type.precision()));
        if (type.kind() == TypeKind.TIMESTAMP && !zone.equals(ZoneOffset.UTC)) {
            LocalDateTime local = LocalDateTime.ofEpochSecond(
                    Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC);
            millis = local.atZone(zone).toInstant().toEpochMilli();
        }
        if (millis < 0) {
            throw SabotException.of(
                    ErrorCode.INVALID_DATETIME,
                    "metadata 'timestamp' of a row is before 1970, which Kafka cannot keep");
        }
        return millis;
    }

    List<Header> headers(Batch batch, int row) {
        Integer index = layout.metadata().get(MetadataField.HEADERS);
        if (index == null || batch.column(index).isNull(row)) {
            return List.of();
        }
        MapVector map = (MapVector) batch.vector(index);
        StructVector entries = (StructVector) map.getDataVector();
        VarCharVector keys = (VarCharVector) entries.getChildByOrdinal(0);
        VarBinaryVector values = (VarBinaryVector) entries.getChildByOrdinal(1);
        List<Header> headers = new ArrayList<>();
        for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
            headers.add(new RecordHeader(
                    new String(keys.get(i), StandardCharsets.UTF_8), values.isNull(i) ? null : values.get(i)));
        }
        return headers;
    }
}
