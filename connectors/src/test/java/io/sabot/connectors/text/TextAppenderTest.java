package io.sabot.connectors.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.executor.batch.Memory;
import io.sabot.executor.connector.EncodedRecords;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** What is written equals what the JDK writes, and is read back to the same value. */
class TextAppenderTest {
    private static final long SEED = 20261120;

    @Test
    void writesWholeNumbers() {
        Random random = new Random(SEED);
        long edge = 1;
        for (int i = 0; i < 19; i++) {
            for (long value : new long[] {edge, edge - 1, -edge, 1 - edge, random.nextLong() >> random.nextInt(64)}) {
                assertThat(written(to -> to.putLong(value))).isEqualTo(Long.toString(value));
            }
            edge *= 10;
        }
        assertThat(written(to -> to.putLong(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
        assertThat(written(to -> to.putLong(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
    }

    @Test
    void writesDecimalsAsBigDecimalDoes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            BigInteger unscaled = new BigInteger(random.nextInt(126), random);
            BigDecimal value = new BigDecimal(random.nextBoolean() ? unscaled.negate() : unscaled, random.nextInt(38));
            long low = value.unscaledValue().longValue();
            long high = value.unscaledValue().shiftRight(64).longValue();
            assertThat(written(to -> to.putDecimal(low, high, value.scale(), false)))
                    .isEqualTo(value.toString());
            assertThat(written(to -> to.putDecimal(low, high, value.scale(), true)))
                    .isEqualTo(value.toPlainString());
        }
    }

    @Test
    void writesTimestampsThatAreReadBack() {
        Random random = new Random(SEED);
        TimestampScanner scanner = new TimestampScanner(TimestampFormat.SQL);
        for (int i = 0; i < 20_000; i++) {
            // 1653 to 2286
            long micros = random.nextLong() % 10_000_000_000_000_000L;
            String text = written(to -> to.putTimestamp(micros, 1_000, ' '));
            LocalDateTime expected = LocalDateTime.ofEpochSecond(
                    Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1_000, ZoneOffset.UTC);
            assertThat(LocalDateTime.parse(text.replace(' ', 'T'))).isEqualTo(expected);
            assertThat(TimestampFormat.SQL.parse(text, false, 1_000)).isEqualTo(micros);
            assertThat(inMemory(text, address -> scanner.timestamp(address, false, 1_000)))
                    .isEqualTo(text.length());
            assertThat(scanner.value()).isEqualTo(micros);
        }
    }

    @Test
    void writesOnlyFractionDigitsThatSaySomething() {
        assertThat(written(to -> to.putTimestamp(-1, 1, 'T'))).isEqualTo("1969-12-31T23:59:59.999");
        assertThat(written(to -> to.putTimestamp(120, 1, ' '))).isEqualTo("1970-01-01 00:00:00.12");
        assertThat(written(to -> to.putTime(45_296_000_000_001L))).isEqualTo("12:34:56.000000001");
        assertThat(written(to -> to.putDate(-719_528))).isEqualTo("0000-01-01");
    }

    @Test
    void checksUtf8AsTheJdkDoes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(6)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                bytes = new String(Character.toChars(random.nextInt(0x110000))).getBytes(StandardCharsets.UTF_8);
            }
            boolean expected =
                    Arrays.equals(bytes, new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));
            int length = bytes.length;
            long address = Memory.allocate(length + 8L);
            Memory.copy(bytes, 0, address, length);
            assertThat(Utf8.isValid(address, length)).isEqualTo(expected);
            Memory.free(address);
        }
    }

    private static String written(Consumer<TextAppender> writer) {
        EncodedRecords records = new EncodedRecords();
        writer.accept(new TextAppender(records));
        return new String(records.bytes(), 0, records.length(), StandardCharsets.UTF_8);
    }

    /** Bytes that were read; -1 where there was something else. */
    private static long inMemory(String text, LongUnaryOperator reader) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long address = Memory.allocate(bytes.length + 64L);
        Memory.fill(address, bytes.length + 64L, (byte) '"');
        Memory.copy(bytes, 0, address, bytes.length);
        long behind = reader.applyAsLong(address);
        Memory.free(address);
        return behind == 0 ? -1 : behind - address;
    }
}
