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
    private static final long FOLLOWING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long ENDING_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final ResultWriter result;
    private final Writer out;
    private final boolean isNeverEnding;
    private long shownNanos;
    private long unshownSinceNanos;
    private boolean hasUnshown;
    private @Nullable IOException failure;

    LiveResult(ResultWriter result, Writer out, boolean isNeverEnding, long nowNanos) {
        this.result = result;
        this.out = out;
        this.isNeverEnding = isNeverEnding;
        this.shownNanos = nowNanos;
    }

    synchronized void row(@Nullable Object[] values, long nowNanos) throws IOException {
        if (failure != null) {
            throw failure;
        }
        result.row(values);
        if (!hasUnshown) {
            hasUnshown = true;
            unshownSinceNanos = nowNanos;
        }
        if (isNeverEnding && nowNanos - shownNanos >= FOLLOWING_NANOS) {
            show(nowNanos);
        }
    }

    /** Shows what has waited long enough. A failure to write is kept for the reading thread. */
    synchronized void tick(long nowNanos) {
        if (hasUnshown && nowNanos - unshownSinceNanos >= (isNeverEnding ? FOLLOWING_NANOS : ENDING_NANOS)) {
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
