package io.sabot.connectors.datagen;

/**
 * Random numbers for one value, from the seed, the field and the number of the row. SplitMix64 (Steele, Lea and Flood, Fast
 * Splittable Pseudorandom Number Generators, 2014).
 */
final class CellRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private long state;

    CellRandom(long seed) {
        this.seed = seed;
    }

    /** Begins a value. */
    void begin(long field, long row) {
        state = mix(mix(seed + field * GOLDEN) + row * GOLDEN);
    }

    long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** A number from {@code min} to {@code max}, both inclusive. */
    long between(long min, long max) {
        long width = max - min + 1;
        if (width <= 0) {
            // The range is more than half of all numbers: try until one fits
            long value = nextLong();
            while (width != 0 && (value < min || value > max)) {
                value = nextLong();
            }
            return value;
        }
        return min + Math.floorMod(nextLong(), width);
    }

    /** A number from 0 to 1, without 1. */
    double fraction() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
