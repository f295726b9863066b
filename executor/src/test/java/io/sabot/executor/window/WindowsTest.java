package io.sabot.executor.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class WindowsTest {
    /** All windows that hold a moment, by definition: every start on the grid, every length. */
    private static Set<Long> endsByDefinition(Windows windows, long time) {
        Set<Long> ends = new TreeSet<>();
        long grid = windows.kind() == Windows.Kind.CUMULATE ? windows.size() : windows.step();
        for (long start = windows.offset() - 200 * grid; start <= windows.offset() + 200 * grid; start += grid) {
            if (windows.kind() == Windows.Kind.CUMULATE) {
                for (long end = start + windows.step(); end <= start + windows.size(); end += windows.step()) {
                    if (start <= time && time < end) {
                        ends.add(end);
                    }
                }
            } else if (start <= time && time < start + windows.size()) {
                ends.add(start + windows.size());
            }
        }
        return ends;
    }

    private static List<Long> ends(Windows windows, long pane) {
        List<Long> ends = new ArrayList<>();
        for (long end = windows.firstWindowEnd(pane); end <= windows.lastWindowEnd(pane); end += windows.step()) {
            ends.add(end);
        }
        return ends;
    }

    @Test
    void agreesWithTheDefinition() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long step = 1L + random.nextInt(12);
            long offset = random.nextInt(41) - 20L;
            Windows windows = switch (random.nextInt(3)) {
                case 0 -> Windows.tumble(step, offset);
                case 1 -> Windows.hop(step, 1 + random.nextInt(30), offset);
                default -> Windows.cumulate(step, step * (1 + random.nextInt(5)), offset);
            };
            long time = random.nextInt(121) - 60L;
            long pane = windows.paneEnd(time);
            String shown = windows + " at " + time;
            assertThat(time).as(shown).isBetween(pane - windows.pane(), pane - 1);
            assertThat(ends(windows, pane)).as(shown).containsExactlyElementsOf(endsByDefinition(windows, time));
            for (long end : ends(windows, pane)) {
                assertThat(windows.windowStart(end)).as(shown).isLessThanOrEqualTo(time);
                assertThat(windows.paneEnd(windows.windowStart(end)) - windows.pane())
                        .as(shown)
                        .isEqualTo(windows.windowStart(end));
            }
            long next = windows.nextWindowEnd(time);
            assertThat(next).as(shown).isGreaterThan(time).isLessThanOrEqualTo(time + windows.step());
        }
    }
}
