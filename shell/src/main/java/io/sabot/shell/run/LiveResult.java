package io.sabot.shell.run;

import io.sabot.shell.output.ResultWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A result being written while more of it may come. The thread that reads rows waits in JDBC between them; {@link #tick} runs
 * on another and sees to it that what has come is shown, soon but not with a system call per row.
 */
final class LiveResult {
    private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final ResultWriter result;
    private final Writer out;
    private final boolean isNeverEnding;
    private long shownNanos;
    private long lastRowNanos;
    private boolean hasUnshown;
    private @Nullable IOException failure;

    LiveResult(ResultWriter result, Writer out, boolean isNeverEnding, long nowNanos) {
        this.result = result;
        this.out = out;
        this.isNeverEnding = isNeverEnding;
        this.shownNanos = nowNanos;
        this.lastRowNanos = nowNanos;
    }

    synchronized void row(@Nullable Object[] values, long nowNanos) throws IOException {
        if (failure != null) {
            throw failure;
        }
        result.row(values);
        hasUnshown = true;
        lastRowNanos = nowNanos;
        if (isNeverEnding && nowNanos - shownNanos >= FLUSH_NANOS) {
            show(nowNanos);
        }
    }

    /** Shows what is due at this time. A failure to write is kept for the reading thread. */
    synchronized void tick(long nowNanos) {
        long waited = isNeverEnding ? nowNanos - shownNanos : nowNanos - lastRowNanos;
        if (hasUnshown && waited >= (isNeverEnding ? FLUSH_NANOS : PAUSE_NANOS)) {
            try {
                result.pause();
                show(nowNanos);
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    private void show(long nowNanos) throws IOException {
        out.flush();
        shownNanos = nowNanos;
        hasUnshown = false;
    }
}
