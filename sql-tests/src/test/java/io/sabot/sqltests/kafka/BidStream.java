package io.sabot.sqltests.kafka;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Bids as JSON, up to a second out of order, and what a tumbling window of ten seconds per auction makes of them. */
final class BidStream {
    static final String COLUMNS =
            "auction BIGINT, price BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '2' SECOND";
    static final String TOTAL_COLUMNS = "window_start TIMESTAMP(3), auction BIGINT, bid_count BIGINT, price_sum BIGINT";
    static final String TOTALS = """
            SELECT window_start, auction, COUNT(*), SUM(price)
            FROM TABLE(TUMBLE(TABLE bids, DESCRIPTOR(ts), INTERVAL '10' SECOND))
            GROUP BY window_start, window_end, auction
            """;

    private static final long START_MILLIS =
            LocalDateTime.of(2024, 1, 1, 10, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
    private static final long STEP_MILLIS = 20;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private final SplittableRandom random = new SplittableRandom(7);
    private final Map<String, long[]> totals = new TreeMap<>();

    /** The {@code count} bids of a partition from the {@code from}-th on. */
    String[] next(int from, int count) {
        String[] bids = new String[count];
        for (int i = 0; i < count; i++) {
            bids[i] = bid(START_MILLIS + (from + i) * STEP_MILLIS + random.nextInt(1000));
        }
        return bids;
    }

    /** A bid an hour later, which ends all windows before it. */
    String last() {
        return json(-1, 0, START_MILLIS + 3_600_000);
    }

    private String bid(long millis) {
        int auction = random.nextInt(50);
        int price = random.nextInt(10_000);
        long[] total = totals.computeIfAbsent(
                text(Math.floorDiv(millis, 10_000L) * 10_000) + " " + auction, key -> new long[2]);
        total[0]++;
        total[1] += price;
        return json(auction, price, millis);
    }

    private static String json(int auction, int price, long millis) {
        return "{\"auction\":" + auction + ",\"price\":" + price + ",\"ts\":\"" + text(millis) + "\"}";
    }

    private static String text(long millis) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC)
                .format(TIME);
    }

    /** What all bids so far add up to: {@code window_start auction bid_count price_sum}, sorted. */
    List<String> totals() {
        return totals.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue()[0] + " " + entry.getValue()[1])
                .sorted()
                .toList();
    }
}
