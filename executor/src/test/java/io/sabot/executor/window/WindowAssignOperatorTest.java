package io.sabot.executor.window;

import static io.sabot.catalog.type.AtomicType.BIGINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.operator.OperatorHarness;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class WindowAssignOperatorTest {
    private static final Schema INPUT = Schema.of(new Field("k", BIGINT), new Field("ts", AtomicType.timestamp(3)));
    private static final Schema OUTPUT = Schema.of(
            new Field("k", BIGINT),
            new Field("ts", BIGINT),
            new Field("window_start", BIGINT),
            new Field("window_end", BIGINT),
            new Field("window_time", BIGINT));

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private OperatorHarness harness(Windows windows) {
        WindowTime time = new WindowTime(WindowTime.Carries.ROW_TIME, 1, TimeDomain.EVENT, ZoneOffset.UTC, 0);
        return new OperatorHarness(
                context -> new WindowAssignOperator(windows, time, OUTPUT, context), OUTPUT, memory.allocator());
    }

    @Test
    void appendsTheWindowAndKeepsLateRowsAndKinds() {
        try (OperatorHarness harness = harness(Windows.tumble(10, 0))) {
            harness.watermark(50).rows(0, INPUT, "-D | 1 | -3\n+I | 2 | 12", 60);
            assertThat(harness.takeRows()).containsExactly("-D | 1 | -3 | -10 | 0 | -1", "+I | 2 | 12 | 10 | 20 | 19");
        }
    }

    @Test
    void aRowLeavesOnceForEachOfItsWindows() {
        try (OperatorHarness harness = harness(Windows.hop(5, 10, 0))) {
            assertThat(harness.rows(0, INPUT, "1 | 7").take())
                    .containsExactly("+I | 1 | 7 | 0 | 10 | 9", "+I | 1 | 7 | 5 | 15 | 14");
        }
        try (OperatorHarness harness = harness(Windows.cumulate(5, 10, 0))) {
            assertThat(harness.rows(0, INPUT, "1 | 2\n2 | 7").take())
                    .containsExactly("+I | 1 | 2 | 0 | 5 | 4", "+I | 1 | 2 | 0 | 10 | 9", "+I | 2 | 7 | 0 | 10 | 9");
        }
    }
}
