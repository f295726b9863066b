package io.sabot.executor.storage;

import io.sabot.executor.time.Watermark;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a sink task tells of time with its rows, and a log with those of a commit.
 *
 * @param watermark behind the rows
 * @param idle whether the task had nothing to read, so that it holds nobody back
 */
record LogMark(long watermark, boolean idle) {
    private static final String WATERMARK = "sabot.watermark";
    private static final String IDLE = "sabot.idle";

    /** As the metadata of a stream of rows. */
    void write(Map<String, String> metadata) {
        metadata.put(WATERMARK, Long.toString(watermark));
        if (idle) {
            metadata.put(IDLE, "true");
        }
    }

    /** What {@link #write} wrote; null when there is none. */
    static @Nullable LogMark read(Map<String, String> metadata) {
        String watermark = metadata.get(WATERMARK);
        return watermark == null ? null : new LogMark(Long.parseLong(watermark), metadata.containsKey(IDLE));
    }

    /**
     * The watermark behind the rows of all tasks: the least of those that are not idle, or, when all are, the greatest.
     *
     * @param marks of all tasks that have not ended in an earlier commit
     */
    static long merged(List<@Nullable LogMark> marks) {
        long least = Watermark.END;
        long greatest = Watermark.START;
        boolean active = false;
        for (LogMark mark : marks) {
            if (mark == null) {
                return Watermark.START;
            }
            active |= !mark.idle();
            least = mark.idle() ? least : Math.min(least, mark.watermark());
            greatest = Math.max(greatest, mark.watermark());
        }
        return active ? least : greatest;
    }
}
