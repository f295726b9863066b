package io.sabot.benchmarks.jmh;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;

/** Rows that benchmarks work on. A tenth of the values in the columns that may be NULL is. */
final class Bids {
    static final Schema SCHEMA = Schema.of(
            new Field("auction", AtomicType.BIGINT.withNullable(false)),
            new Field("bidder", AtomicType.BIGINT.withNullable(false)),
            new Field("price", AtomicType.BIGINT),
            new Field("rate", AtomicType.DOUBLE),
            new Field("amount", AtomicType.decimal(12, 2)),
            new Field("channel", AtomicType.STRING),
            new Field("ts", AtomicType.timestamp(3).withNullable(false)));

    static final int AUCTION = 0;
    static final int PRICE = 2;
    static final int TIME = 6;
    static final long FIRST_MILLIS = 1_700_000_000_000L;
    static final int ROWS = Batch.DEFAULT_ROWS;

    private Bids() {}

    /** Batches of {@link #ROWS} rows, a millisecond apart, with so many different auctions. */
    static List<Batch> batches(int count, int auctions, BufferAllocator allocator) {
        Random random = new Random(1);
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batches.add(batch(random, FIRST_MILLIS + (long) i * ROWS, auctions, allocator));
        }
        return batches;
    }

    private static Batch batch(Random random, long millis, int auctions, BufferAllocator allocator) {
        try (BatchBuilder rows = new BatchBuilder(SCHEMA, allocator, ROWS)) {
            for (int row = 0; row < ROWS; row++) {
                int value = random.nextInt(1000);
                rows.column(AUCTION).appendLong(random.nextInt(auctions));
                rows.column(1).appendLong(1 + random.nextInt(1000));
                rows.column(TIME).appendLong(millis + row);
                for (int column = PRICE; column < TIME; column++) {
                    if (random.nextInt(10) == 0) {
                        rows.column(column).appendNull();
                        continue;
                    }
                    switch (column) {
                        case PRICE -> rows.column(column).appendLong(value);
                        case 3 -> rows.column(column).appendDouble(value / 8.0);
                        case 4 -> rows.column(column).appendDecimal(value, 0);
                        default -> rows.column(column).appendText("channel-" + value % 20);
                    }
                }
                rows.endRow();
            }
            return rows.finish();
        }
    }
}
