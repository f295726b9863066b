package io.sabot.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.connectors.avro.AvroFormatFactory;
import io.sabot.connectors.msgpack.MsgPackFormatFactory;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.FormatFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Formats whose records are bytes: what is written is read, and what is damaged is told. */
class BinaryFormatsTest {
    private static final List<FormatFactory> FORMATS = List.of(new MsgPackFormatFactory(), new AvroFormatFactory());

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private byte[][] encode(FormatFactory format, List<String> lines) {
        return FormatRunner.encodeBytes(
                        format,
                        RandomRows.SCHEMA,
                        Map.of(),
                        TestContext.of(memory.allocator()),
                        String.join("\n", lines))
                .stream()
                .map(Objects::requireNonNull)
                .toArray(byte[][]::new);
    }

    private List<String> decode(FormatFactory format, byte[]... records) throws BadRecord {
        return FormatRunner.decodeBytes(
                format, RandomRows.SCHEMA, Map.of(), TestContext.of(memory.allocator()), records);
    }

    @Test
    void whatIsWrittenIsRead() throws BadRecord {
        for (long seed = 0; seed < 100; seed++) {
            List<String> lines = RandomRows.lines(new Random(seed), 20);
            for (FormatFactory format : FORMATS) {
                assertThat(decode(format, encode(format, lines)))
                        .as(format.descriptor().name() + ", seed " + seed)
                        .isEqualTo(decode(FORMATS.get(0), encode(FORMATS.get(0), lines)));
            }
            List<String> printed = decode(FORMATS.get(0), encode(FORMATS.get(0), lines));
            assertThat(decode(FORMATS.get(0), encode(FORMATS.get(0), printed)))
                    .as("seed " + seed)
                    .isEqualTo(printed);
        }
    }

    @Test
    void damagedRecordsAreToldAndNothingElse() {
        int told = 0;
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            FormatFactory format = FORMATS.get(random.nextInt(FORMATS.size()));
            byte[] record = encode(format, RandomRows.lines(random, 1))[0];
            if (random.nextBoolean()) {
                record = Arrays.copyOf(record, random.nextInt(record.length));
            } else {
                record[random.nextInt(record.length)] = (byte) random.nextInt();
            }
            try {
                decode(format, record);
            } catch (BadRecord e) {
                told++;
            }
        }
        assertThat(told).isGreaterThan(500);
    }
}
