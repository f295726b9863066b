package io.sabot.executor.exchange;

import io.sabot.executor.batch.Batch;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from one task to another. One thread puts, one takes.
 *
 * <p>A put into a full channel waits until there is room or the job is cancelled; the element's rows are closed when it
 * throws.
 */
public final class Channel {
    private static final int SPINS = 100;
    private static final long PARK_NANOS = 50_000_000L;

    private final SpscArrayQueue<Element> queue;
    private final Cancellation cancellation;
    private final Signal roomSignal = new Signal();
    private final Signal workSignal;

    /**
     * A channel for {@code capacity} elements.
     *
     * @param workSignal set at every put: wakes the consumer, which shares it among its channels
     */
    public Channel(int capacity, Signal workSignal, Cancellation cancellation) {
        this.queue = new SpscArrayQueue<>(capacity);
        this.workSignal = workSignal;
        this.cancellation = cancellation;
        cancellation.onCancel(roomSignal::set);
    }

    /** Hands rows on; owns them from here. */
    public void put(Batch batch) {
        try {
            put(new Element.Rows(batch));
        } catch (RuntimeException | Error e) {
            batch.close();
            throw e;
        }
    }

    /** Hands anything but rows on. */
    public void put(Element element) {
        int spins = 0;
        while (!queue.offer(element)) {
            cancellation.check();
            if (++spins < SPINS) {
                Thread.onSpinWait();
            } else {
                roomSignal.await(PARK_NANOS);
            }
        }
        workSignal.set();
    }

    /** The next element, or null when there is none now. */
    public @Nullable Element poll() {
        Element element = queue.poll();
        if (element != null) {
            roomSignal.set();
        }
        return element;
    }

    /** Closes what was never taken. Only when both tasks have ended. */
    public void drain() {
        Element element;
        while ((element = queue.poll()) != null) {
            if (element instanceof Element.Rows rows) {
                rows.batch().close();
            }
        }
    }
}
