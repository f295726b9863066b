package io.sabot.connectors;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up rows with columns of many types, as {@code BatchText} writes them. */
public final class RandomRows {
    /** Columns of the rows. */
    public static final Schema SCHEMA = Schema.of(
            new Field("id", AtomicType.BIGINT.withNullable(false)),
            new Field("b", AtomicType.BOOLEAN),
            new Field("i", AtomicType.INT),
            new Field("t", AtomicType.STRING),
            new Field("d", AtomicType.DOUBLE),
            new Field("n", AtomicType.decimal(12, 3)),
            new Field("day", AtomicType.DATE),
            new Field("ts", AtomicType.timestamp(3)),
            new Field("us", AtomicType.timestampLtz(6)),
            new Field("a", new ArrayType(AtomicType.INT, true)),
            new Field("m", new MapType(AtomicType.STRING.withNullable(false), AtomicType.BIGINT, true)),
            new Field(
                    "r",
                    new RowType(List.of(new Field("x", AtomicType.STRING), new Field("y", AtomicType.DOUBLE)), true)));

    private RandomRows() {}

    /** Lines of rows that are inserted. */
    public static List<String> lines(Random random, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add("+I | " + number(random) + " | " + or(random, random.nextBoolean() ? "true" : "false") + " | "
                    + or(random, "" + (int) number(random)) + " | " + or(random, text(random)) + " | "
                    + or(random, "" + real(random)) + " | "
                    + or(random, random.nextInt(1_000_000) - 500_000 + "." + (100 + random.nextInt(900))) + " | "
                    + or(
                            random,
                            String.format(
                                    "%04d-%02d-%02d",
                                    1900 + random.nextInt(200), 1 + random.nextInt(12), 1 + random.nextInt(28)))
                    + " | " + or(random, time(random) + "." + (100 + random.nextInt(900))) + " | "
                    + or(random, time(random) + "." + (100_000 + random.nextInt(900_000)) + "Z") + " | "
                    + or(random, array(random)) + " | " + or(random, map(random)) + " | "
                    + or(random, "(" + or(random, text(random)) + ", " + or(random, "" + real(random)) + ")"));
        }
        return lines;
    }

    private static String or(Random random, String value) {
        return random.nextInt(6) == 0 ? "NULL" : value;
    }

    private static long number(Random random) {
        return random.nextLong() >> random.nextInt(64);
    }

    private static double real(Random random) {
        return random.nextBoolean() ? random.nextGaussian() * 1e9 : random.nextInt(100);
    }

    private static String text(Random random) {
        return random.ints(1 + random.nextInt(40), 0, 5)
                .mapToObj(i -> List.of("a", "ü", "€", "x7", "Z").get(i))
                .reduce("", String::concat);
    }

    private static String time(Random random) {
        return String.format(
                "%04d-%02d-%02d %02d:%02d:%02d",
                1900 + random.nextInt(200),
                1 + random.nextInt(12),
                1 + random.nextInt(28),
                random.nextInt(24),
                random.nextInt(60),
                random.nextInt(60));
    }

    private static String array(Random random) {
        List<String> elements = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
            elements.add(or(random, "" + random.nextInt()));
        }
        return "[" + String.join(", ", elements) + "]";
    }

    private static String map(Random random) {
        List<String> entries = new ArrayList<>();
        for (int i = 1; i <= random.nextInt(4); i++) {
            entries.add("k" + i + "=" + or(random, "" + number(random)));
        }
        return "{" + String.join(", ", entries) + "}";
    }
}
