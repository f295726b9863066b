package io.sabot.executor.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.time.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SplitClockTest {
    private static final Schema TIMES =
            Schema.of(new Field("ts", AtomicType.timestamp(3)), new Field("watermark", AtomicType.timestamp(3)));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void cutsInFrontOfRowsBehindANewerWatermark() {
        assertThat(pieces(new SplitClock(Watermark.START), 0, 5, 61, 7, 8, 90, 9))
                .containsExactly("[0,2) in time", "[2,5) late before 61", "[5,6) late before 90");
    }

    @Test
    void aStepEndsBehindEachRowThatMakesAWatermark() {
        SplitClock clock = new SplitClock(Watermark.START);
        try (Batch batch = batch(0, 5, 3, 7, 7, 6, 9, 1)) {
            clock.advanceByStep(batch.column(0), batch.column(1), batch.rowCount(), true);
        }
        List<String> pieces = new ArrayList<>();
        for (int piece = 0; piece < clock.pieceCount(); piece++) {
            pieces.add(clock.pieceEnd(piece) + ":" + clock.pieceWatermark(piece) + ":"
                    + (clock.pieceLateBefore(piece) == Batch.NOT_LATE ? "" : clock.pieceLateBefore(piece)));
        }
        assertThat(pieces).containsExactly("1:5:", "3:7:5", "6:9:7", "7:9:9");
    }

    @Test
    void keepsBatchesOfOrderedRowsWhole() {
        assertThat(pieces(new SplitClock(Watermark.START), 0, 1, 2, 3, 4)).containsExactly("[0,4) in time");
    }

    @Test
    void aRowOfEqualTimeIsBehind() {
        assertThat(pieces(new SplitClock(Watermark.START), 0, 5, 5))
                .containsExactly("[0,1) in time", "[1,2) late before 5");
    }

    @Test
    void theWatermarkOfEarlierBatchesCounts() {
        SplitClock clock = new SplitClock(50);
        assertThat(pieces(clock, 0, 49, 51)).containsExactly("[0,2) late before 50");
        assertThat(clock.watermark()).isEqualTo(51);
    }

    /** Every row is judged as the per-record definition judges it, however the split is cut into batches. */
    @Test
    void judgesEveryRowByTheRowsBeforeIt() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int delay = random.nextInt(6);
            long[] times = random.longs(1 + random.nextInt(60), 0, 100).toArray();
            SplitClock clock = new SplitClock(Watermark.START);
            List<Boolean> judged = new ArrayList<>();
            for (int begin = 0; begin < times.length; ) {
                int end = Math.min(times.length, begin + 1 + random.nextInt(20));
                judge(clock, delay, java.util.Arrays.copyOfRange(times, begin, end), judged);
                begin = end;
            }
            List<Boolean> expected = new ArrayList<>();
            long watermark = Watermark.START;
            for (long time : times) {
                expected.add(time <= watermark);
                watermark = Math.max(watermark, time - delay);
            }
            assertThat(judged).as("seed " + seed).isEqualTo(expected);
        }
    }

    private void judge(SplitClock clock, int delay, long[] times, List<Boolean> judged) {
        try (Batch batch = batch(delay, times)) {
            clock.advance(batch.column(0), batch.column(1), times.length, true);
            int begin = 0;
            for (int piece = 0; piece < clock.pieceCount(); piece++) {
                for (int i = begin; i < clock.pieceEnd(piece); i++) {
                    judged.add(times[i] <= clock.pieceLateBefore(piece));
                }
                begin = clock.pieceEnd(piece);
            }
        }
    }

    private List<String> pieces(SplitClock clock, int delay, long... times) {
        try (Batch batch = batch(delay, times)) {
            clock.advance(batch.column(0), batch.column(1), times.length, true);
        }
        List<String> pieces = new ArrayList<>();
        int begin = 0;
        for (int piece = 0; piece < clock.pieceCount(); piece++) {
            long late = clock.pieceLateBefore(piece);
            pieces.add("[" + begin + "," + clock.pieceEnd(piece) + ") "
                    + (late == Batch.NOT_LATE ? "in time" : "late before " + late));
            begin = clock.pieceEnd(piece);
        }
        return pieces;
    }

    private Batch batch(int delay, long... times) {
        try (BatchBuilder builder = new BatchBuilder(TIMES, memory.allocator(), times.length)) {
            for (long time : times) {
                builder.column(0).appendLong(time);
                builder.column(1).appendLong(time - delay);
                builder.endRow();
            }
            return builder.finish();
        }
    }
}
