package io.sabot.executor.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.batch.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineFramerTest {
    private final LineFramer framer = new LineFramer();

    @Test
    void cutsAtLineFeedsAndDropsBlankLines() {
        assertThat(frame("a\r\n\n  \t\nbb\n\u010a\n", true)).containsExactly("a", "bb", "\u010a");
    }

    @Test
    void leavesAnUnfinishedLineUntilTheEndIsThere() {
        assertThat(frame("one\ntwo", false)).containsExactly("one");
        assertThat(frame("one\ntwo", true)).containsExactly("one", "two");
        assertThat(frame("", true)).isEmpty();
    }

    @Test
    void findsLineFeedsAtEveryDistance() {
        for (int length = 0; length < 100; length++) {
            String line = "\u010a\u0b0aX".repeat(length + 1).substring(0, length);
            assertThat(frame("x" + line + "\nend", true)).containsExactly("x" + line, "end");
        }
    }

    private List<String> frame(String text, boolean last) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long address = Memory.allocate(bytes.length + 64L);
        try {
            Memory.fill(address, bytes.length + 64L, (byte) '\n');
            Memory.copy(bytes, 0, address, bytes.length);
            List<String> lines = new ArrayList<>();
            long[] starts = new long[2];
            int[] lengths = new int[2];
            long from = address;
            int count;
            while ((count = framer.frame(from, address + bytes.length, last, starts, lengths, 2)) > 0) {
                for (int i = 0; i < count; i++) {
                    byte[] line = new byte[lengths[i]];
                    Memory.copy(starts[i], line, 0, line.length);
                    lines.add(new String(line, StandardCharsets.UTF_8));
                }
                from = framer.next();
            }
            return lines;
        } finally {
            Memory.free(address);
        }
    }
}
