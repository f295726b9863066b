package io.sabot.connectors.datagen;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.time.Clock;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** How values of types without parts are made. */
final class AtomicMakers {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = 100;

    private AtomicMakers() {}

    static ValueGenerator.Maker of(AtomicType type, FieldOptions field, Clock clock) {
        return field.isSequence() ? sequence(type, field) : random(type, field, clock);
    }

    private static ValueGenerator.Maker sequence(AtomicType type, FieldOptions field) {
        long start = field.bound("start");
        return switch (type.kind()) {
            case TINYINT -> (random, row, target) -> target.appendByte((byte) (start + row));
            case SMALLINT -> (random, row, target) -> target.appendShort((short) (start + row));
            case INT -> (random, row, target) -> target.appendInt((int) (start + row));
            case BIGINT -> (random, row, target) -> target.appendLong(start + row);
            case FLOAT -> (random, row, target) -> target.appendFloat((float) (start + row));
            case DOUBLE -> (random, row, target) -> target.appendDouble((double) (start + row));
            case DECIMAL ->
                (random, row, target) ->
                        target.appendDecimal(BigDecimal.valueOf(start + row).setScale(type.scale()));
            case CHAR, VARCHAR -> (random, row, target) -> target.appendText(Long.toString(start + row));
            case BOOLEAN,
                    BINARY,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    INTERVAL_YEAR_MONTH,
                    INTERVAL_DAY_TIME,
                    NULL ->
                throw SabotException.of(ErrorCode.INVALID_OPTION, "there are no sequences of type " + type.name())
                        .hint("use a number or a text, and compute the column from it");
        };
    }

    private static ValueGenerator.Maker random(AtomicType type, FieldOptions field, Clock clock) {
        return switch (type.kind()) {
            case BOOLEAN -> (random, row, target) -> target.appendBoolean(random.nextLong() < 0);
            case TINYINT, SMALLINT, INT, BIGINT -> whole(type.kind(), field);
            case INTERVAL_YEAR_MONTH -> (random, row, target) -> target.appendInt((int) random.between(0, 120_000));
            case INTERVAL_DAY_TIME ->
                (random, row, target) -> target.appendLong(random.between(0, 1_000_000L * 86_400_000));
            case FLOAT -> {
                double min = real(field, "min", -Float.MAX_VALUE);
                double max = real(field, "max", Float.MAX_VALUE);
                checkOrder(field, min > max);
                yield (random, row, target) -> target.appendFloat((float) between(random, min, max));
            }
            case DOUBLE -> {
                double min = real(field, "min", -Double.MAX_VALUE);
                double max = real(field, "max", Double.MAX_VALUE);
                checkOrder(field, min > max);
                yield (random, row, target) -> target.appendDouble(between(random, min, max));
            }
            case DECIMAL -> decimal(type, field);
            case CHAR, VARCHAR, BINARY, VARBINARY -> bytes(type, field);
            case DATE -> (random, row, target) -> target.appendInt((int) Math.floorDiv(clock.millis(), 86_400_000L));
            case TIME -> (random, row, target) -> target.appendInt((int) Math.floorMod(clock.millis(), 86_400_000L));
            case TIMESTAMP, TIMESTAMP_LTZ -> {
                long past = field.duration("max-past").toMillis();
                long unit = Storage.unitsPerMilli(type.precision());
                yield (random, row, target) -> target.appendLong((clock.millis() - random.between(0, past)) * unit);
            }
            case NULL -> (random, row, target) -> target.appendNull();
        };
    }

    private static ValueGenerator.Maker whole(TypeKind kind, FieldOptions field) {
        int bits = kind == TypeKind.TINYINT ? 8 : kind == TypeKind.SMALLINT ? 16 : kind == TypeKind.INT ? 32 : 64;
        long least = -1L << (bits - 1);
        long greatest = ~least;
        long min = field.whole("min", least, greatest, least);
        long max = field.whole("max", least, greatest, greatest);
        checkOrder(field, min > max);
        return switch (bits) {
            case 8 -> (random, row, target) -> target.appendByte((byte) random.between(min, max));
            case 16 -> (random, row, target) -> target.appendShort((short) random.between(min, max));
            case 32 -> (random, row, target) -> target.appendInt((int) random.between(min, max));
            default -> (random, row, target) -> target.appendLong(random.between(min, max));
        };
    }

    private static double real(FieldOptions field, String key, double byDefault) {
        return field.number(key).map(BigDecimal::doubleValue).orElse(byDefault);
    }

    private static double between(CellRandom random, double min, double max) {
        double part = random.fraction();
        // Written so that the difference of the extremes does not overflow
        return min * (1 - part) + max * part;
    }

    private static ValueGenerator.Maker decimal(AtomicType type, FieldOptions field) {
        BigInteger limit = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        BigInteger min = unscaled(type, field, "min", limit.negate());
        BigInteger max = unscaled(type, field, "max", limit);
        checkOrder(field, min.compareTo(max) > 0);
        BigInteger width = max.subtract(min).add(BigInteger.ONE);
        return (random, row, target) -> {
            BigInteger wide =
                    BigInteger.valueOf(random.nextLong()).shiftLeft(64).add(BigInteger.valueOf(random.nextLong()));
            target.appendDecimal(new BigDecimal(wide.mod(width).add(min), type.scale()));
        };
    }

    private static BigInteger unscaled(AtomicType type, FieldOptions field, String key, BigInteger byDefault) {
        return field.number(key)
                .map(value -> value.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue())
                .filter(value -> value.abs().compareTo(BigInteger.TEN.pow(type.precision())) < 0)
                .orElse(byDefault);
    }

    private static ValueGenerator.Maker bytes(AtomicType type, FieldOptions field) {
        boolean isText = type.kind().isText();
        boolean isFixed = type.kind() == TypeKind.CHAR || type.kind() == TypeKind.BINARY;
        boolean isOpen = type.precision() == AtomicType.MAX_LENGTH;
        int length = isFixed
                ? type.precision()
                : (int) field.whole(
                        "length", 0, isOpen ? 1 << 20 : type.precision(), isOpen ? LENGTH : type.precision());
        boolean varies = !isFixed && field.flag("var-len");
        byte[] buffer = new byte[length];
        return (random, row, target) -> {
            int count = varies && length > 0 ? (int) random.between(1, length) : length;
            for (int i = 0; i < count; i += 8) {
                long bits = random.nextLong();
                for (int j = i; j < Math.min(count, i + 8); j++) {
                    buffer[j] = isText ? HEX[(int) (bits & 15)] : (byte) bits;
                    bits >>>= 8;
                }
            }
            target.appendBytes(buffer, 0, count);
        };
    }

    private static void checkOrder(FieldOptions field, boolean isWrong) {
        if (isWrong) {
            throw field.invalid("min", field.text("min").orElse(""), "at most the value of 'max'");
        }
    }
}
