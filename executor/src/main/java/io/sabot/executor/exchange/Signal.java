package io.sabot.executor.exchange;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes one waiting thread. A {@link #set} before {@link #await} is not lost.
 *
 * <p>Waiting is short and repeated: the waiter looks again for work after every return, so spurious returns do no harm.
 */
public final class Signal {
    private final AtomicBoolean raised = new AtomicBoolean();
    private volatile @Nullable Thread waiter;

    /** Wakes the waiting thread, or the next one to wait. Any thread. */
    public void set() {
        if (!raised.get() && raised.compareAndSet(false, true)) {
            Thread thread = waiter;
            if (thread != null) {
                LockSupport.unpark(thread);
            }
        }
    }

    /** Waits for {@link #set}, at most this long. One thread only. */
    public void await(long nanos) {
        if (raised.getAndSet(false)) {
            return;
        }
        waiter = Thread.currentThread();
        try {
            if (!raised.get()) {
                LockSupport.parkNanos(this, nanos);
            }
        } finally {
            waiter = null;
            raised.set(false);
        }
    }
}
