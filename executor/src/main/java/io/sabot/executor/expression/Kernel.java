package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;

/** Computes one column from others; called once per batch. Reads and overwrites nothing but what it is given. */
@FunctionalInterface
interface Kernel {
    /**
     * Computes the results of all rows. Where {@link Rows#isNull} the result has no meaning, but a text must be readable.
     *
     * @param arguments the i-th row of each belongs to the i-th result
     * @throws RowException if a row has no result
     */
    void run(Rows rows, Value... arguments);

    /** A kernel of one argument whose results lie one behind the other. */
    @FunctionalInterface
    interface Unary {
        void run(Value a, long out, int n);

        /** As a kernel. */
        static Kernel of(Unary loop) {
            return (rows, arguments) -> loop.run(arguments[0], rows.out(), rows.count());
        }
    }

    /** A kernel of two arguments whose results lie one behind the other. */
    @FunctionalInterface
    interface Binary {
        void run(Value a, Value b, long out, int n);

        /** As a kernel. */
        static Kernel of(Binary loop) {
            return (rows, arguments) -> loop.run(arguments[0], arguments[1], rows.out(), rows.count());
        }
    }

    /** The same with the results cut to {@code bits} bits. */
    default Kernel wrapped(int bits) {
        return bits == 64
                ? this
                : (rows, arguments) -> {
                    run(rows, arguments);
                    LongKernels.wrap(rows.out(), bits, rows.count());
                };
    }

    /** The same with the bitmap of results turned over. */
    default Kernel negated() {
        return (rows, arguments) -> {
            run(rows, arguments);
            for (int w = 0, words = Bits.words(rows.count()); w < words; w++) {
                long at = rows.out() + ((long) w << 3);
                Memory.putLong(at, ~Memory.getLong(at));
            }
        };
    }

    /** The same with its two arguments swapped. */
    default Kernel swapped() {
        return (rows, arguments) -> run(rows, arguments[1], arguments[0]);
    }
}
