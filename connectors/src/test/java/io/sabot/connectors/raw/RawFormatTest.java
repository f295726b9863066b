package io.sabot.connectors.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.connectors.FormatRunner;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.executor.connector.BadRecord;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RawFormatTest {
    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    private void check(AtomicType type, Map<String, String> options, String value, String hex) throws BadRecord {
        Schema schema = Schema.of(new Field("a", type));
        TestContext context = TestContext.of(memory.allocator());
        List<byte @Nullable []> encoded =
                FormatRunner.encodeBytes(new RawFormatFactory(), schema, options, context, value + "\nNULL");
        assertThat(encoded.get(1)).isNull();
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(encoded.get(0)).isEqualTo(bytes);
        assertThat(FormatRunner.decodeBytes(new RawFormatFactory(), schema, options, context, bytes))
                .containsExactly("+I | " + value);
    }

    @Test
    void valuesAreTheRecord() throws BadRecord {
        Map<String, String> little = Map.of("endianness", "little-endian");
        check(AtomicType.BOOLEAN, Map.of(), "true", "01");
        check(AtomicType.TINYINT, Map.of(), "-2", "fe");
        check(AtomicType.SMALLINT, Map.of(), "258", "0102");
        check(AtomicType.SMALLINT, little, "258", "0201");
        check(AtomicType.INT, Map.of(), "-2", "fffffffe");
        check(AtomicType.BIGINT, little, "1", "0100000000000000");
        check(AtomicType.FLOAT, Map.of(), "1.5", "3fc00000");
        check(AtomicType.DOUBLE, Map.of(), "1.5", "3ff8000000000000");
        check(AtomicType.STRING, Map.of(), "ü", "c3bc");
        check(AtomicType.STRING, Map.of("charset", "ISO-8859-1"), "ü", "fc");
    }

    @Test
    void aNumberHasItsWidth() {
        assertThatThrownBy(() -> check(AtomicType.INT, Map.of(), "1", "000001")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> FormatRunner.decodeBytes(
                        new RawFormatFactory(),
                        Schema.of(new Field("a", AtomicType.INT)),
                        Map.of(),
                        TestContext.of(memory.allocator()),
                        new byte[3]))
                .isInstanceOf(BadRecord.class)
                .hasMessageContaining("has 4 bytes, the record has 3");
    }
}
