package io.sabot.executor.time;

/** Where tasks read the time from. Tests step it by hand. */
public interface Clock {
    /** The clock of the machine. */
    Clock SYSTEM = new Clock() {
        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };

    /** Milliseconds since the epoch. */
    long millis();

    /** Nanoseconds from an arbitrary start, for measuring spans. */
    long nanos();
}
