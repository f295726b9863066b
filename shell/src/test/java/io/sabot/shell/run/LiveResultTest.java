package io.sabot.shell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.shell.output.Column;
import io.sabot.shell.output.ResultWriter;
import io.sabot.shell.output.Summary;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveResultTest {
    private final StringBuilder told = new StringBuilder();
    private boolean isGone;

    /** Tells of flushes and pauses; fails when the reader has gone. */
    private final StringWriter out = new StringWriter() {
        @Override
        public void flush() {
            told.append(" flush");
        }
    };

    private final ResultWriter result = new ResultWriter() {
        @Override
        public void begin(List<Column> columns) {}

        @Override
        public void row(@Nullable Object[] values) {
            told.append(" row");
        }

        @Override
        public void pause() throws IOException {
            if (isGone) {
                throw new IOException("Broken pipe");
            }
            told.append(" pause");
        }

        @Override
        public void end(Summary summary) {}
    };

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void rowsWithoutEndAreShownAtOnceOrAtTheNextTick() throws IOException {
        var live = new LiveResult(result, out, true, 0);
        live.row(new Object[0], millis(50));
        live.row(new Object[0], millis(51));
        live.tick(millis(55));
        live.tick(millis(61));
        live.tick(millis(80));
        assertThat(told).hasToString(" row flush row pause flush");
    }

    @Test
    void aResultThatEndsIsHeldBackForAMoment() throws IOException {
        var live = new LiveResult(result, out, false, 0);
        live.row(new Object[0], millis(300));
        live.row(new Object[0], millis(500));
        live.tick(millis(540));
        assertThat(told).hasToString(" row row");
        live.tick(millis(550));
        assertThat(told).hasToString(" row row pause flush");
    }

    @Test
    void aFailedFlushEndsTheReading() throws IOException {
        var live = new LiveResult(result, out, true, 0);
        live.row(new Object[0], 0);
        isGone = true;
        live.tick(millis(20));
        assertThatThrownBy(() -> live.row(new Object[0], millis(21))).isInstanceOf(IOException.class);
    }
}
