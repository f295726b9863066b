package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Storage;
import io.sabot.planner.plan.PlanNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.TimestampString;

/** Rows of literals as batches. For the rows of a VALUES clause, not for hot paths. */
public final class LiteralRows {
    private static final long MILLIS_PER_SECOND = 1000;

    private LiteralRows() {}

    /** Rows {@code from} up to {@code to} (exclusive) of a VALUES node; the caller owns the batch. */
    public static Batch batch(PlanNode.Values values, int from, int to, BufferAllocator allocator) {
        Schema schema = values.schema();
        try (BatchBuilder builder = new BatchBuilder(schema, allocator, to - from)) {
            for (List<RexLiteral> row : values.rows().subList(from, to)) {
                for (int c = 0; c < schema.size(); c++) {
                    append(row.get(c), schema.type(c), builder.column(c));
                }
                builder.endRow();
            }
            return builder.finish();
        }
    }

    private static void append(RexLiteral literal, DataType type, ColumnBuilder column) {
        if (literal.isNull()) {
            column.appendNull();
            return;
        }
        AtomicType atomic = (AtomicType) type;
        switch (atomic.kind()) {
            case BOOLEAN -> column.appendBoolean(value(literal, Boolean.class));
            case TINYINT -> column.appendByte(number(literal).byteValueExact());
            case SMALLINT -> column.appendShort(number(literal).shortValueExact());
            case INT -> column.appendInt(number(literal).intValueExact());
            case BIGINT, INTERVAL_DAY_TIME -> column.appendLong(number(literal).longValueExact());
            case INTERVAL_YEAR_MONTH -> column.appendInt(number(literal).intValueExact());
            case FLOAT -> column.appendFloat(number(literal).floatValue());
            case DOUBLE -> column.appendDouble(number(literal).doubleValue());
            case DECIMAL -> column.appendDecimal(number(literal).setScale(atomic.scale(), RoundingMode.HALF_UP));
            case CHAR, VARCHAR -> column.appendText(value(literal, String.class));
            case BINARY, VARBINARY -> {
                byte[] bytes = value(literal, ByteString.class).getBytes();
                column.appendBytes(bytes, 0, bytes.length);
            }
            case DATE, TIME -> column.appendInt(value(literal, Integer.class));
            case TIMESTAMP, TIMESTAMP_LTZ -> column.appendLong(timestamp(literal, atomic));
            case NULL -> column.appendNull();
        }
    }

    private static BigDecimal number(RexLiteral literal) {
        return value(literal, BigDecimal.class);
    }

    private static long timestamp(RexLiteral literal, AtomicType type) {
        TimestampString text = value(literal, TimestampString.class);
        long units = Storage.unitsPerMilli(type.precision());
        long millis = text.getMillisSinceEpoch();
        if (units == 1) {
            return millis;
        }
        Literals.checkRange(text, units);
        String digits = text.toString();
        int point = digits.indexOf('.');
        String fraction = point < 0 ? "" : digits.substring(point + 1);
        long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
        long seconds = Math.floorDiv(millis, MILLIS_PER_SECOND);
        return seconds * MILLIS_PER_SECOND * units + nanos / (1_000_000 / units);
    }

    private static <T> T value(RexLiteral literal, Class<T> type) {
        return Objects.requireNonNull(literal.getValueAs(type), "literal is not NULL");
    }
}
