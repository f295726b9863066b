package io.sabot.executor.operator;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.time.Watermark;
import org.jspecify.annotations.Nullable;

/**
 * Watermarks that an operator keeps back because it emits only at the end of its inputs: those of event time, and the end of
 * processing time, which goes on otherwise.
 */
public final class HeldWatermarks {
    private @Nullable Watermark event;
    private @Nullable Watermark processing;

    /** Keeps a watermark; false when it is to be passed on. */
    public boolean hold(Watermark watermark) {
        if (watermark.domain() == TimeDomain.EVENT) {
            event = watermark;
            return true;
        }
        if (watermark.millis() == Watermark.END) {
            processing = watermark;
            return true;
        }
        return false;
    }

    /** Passes the newest on, behind the rows. */
    public void release(Output output) {
        if (event != null) {
            output.emit(event);
        }
        if (processing != null) {
            output.emit(processing);
        }
    }
}
