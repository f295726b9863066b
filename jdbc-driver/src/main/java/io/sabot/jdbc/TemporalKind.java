package io.sabot.jdbc;

import java.sql.Types;
import org.apache.calcite.avatica.ColumnMetaData;

/** How the times of a column travel. */
enum TemporalKind {
    /** Milliseconds of a reading without a zone. */
    LOCAL_MILLIS,
    /** A reading without a zone, with more digits than milliseconds have. */
    LOCAL_TEXT,
    /** A reading and its offset: an instant. */
    OFFSET_TEXT,
    DATE,
    TIME,
    /** No time. */
    NONE;

    static TemporalKind of(ColumnMetaData column) {
        return switch (column.type.id) {
            case Types.TIMESTAMP -> LOCAL_MILLIS;
            case Types.TIMESTAMP_WITH_TIMEZONE -> OFFSET_TEXT;
            case Types.DATE -> DATE;
            case Types.TIME -> TIME;
            case Types.VARCHAR -> column.type.name.startsWith("TIMESTAMP(") ? LOCAL_TEXT : NONE;
            default -> NONE;
        };
    }
}
