package io.sabot.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.connectors.record.FieldProblem;
import io.sabot.connectors.text.TextValues;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import java.io.IOException;

/** A metadata column of messages that hold changes. Points in time are milliseconds since 1970 there. */
final class EnvelopeColumn {
    private final String key;
    private final boolean isInstant;
    private final long unitsPerMilli;
    private final JsonValue value;

    EnvelopeColumn(ScanColumn.Metadata column, JsonOptions options) {
        this.key = column.key();
        this.value = new JsonValue(column.type(), options, new TextValues(options.timestamps()));
        this.isInstant = column.type() instanceof AtomicType type && type.kind() == TypeKind.TIMESTAMP_LTZ;
        this.unitsPerMilli = column.type() instanceof AtomicType type ? Storage.unitsPerMilli(type.precision()) : 1;
    }

    /** Appends the value that the message read last has. */
    void append(Envelope envelope, ColumnBuilder target) throws IOException, FieldProblem {
        Envelope.Place place = envelope.find(key);
        if (place.to() == 0) {
            target.appendNull();
            return;
        }
        try (JsonParser parser = JacksonDecoder.FACTORY.createParser(
                ObjectFields.bytes(place.from(), (int) (place.to() - place.from())))) {
            JsonToken token = parser.nextToken();
            if (!isInstant) {
                value.read(parser, target);
            } else if (token == JsonToken.VALUE_NUMBER_INT) {
                target.appendLong(parser.getLongValue() * unitsPerMilli);
            } else {
                throw new FieldProblem(key, "expected milliseconds, found " + JsonValue.describe(parser));
            }
        }
    }
}
