package io.sabot.executor.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Allocators;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Selection;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyEncoderTest {
    private final BufferAllocator allocator = Allocators.root();

    @AfterEach
    void close() {
        allocator.close();
    }

    /** The hash is on disk: these numbers must never change. */
    @Test
    void theHashIsWhatItAlwaysWas() {
        assertThat(HeapKey.of(new byte[] {0}).hash()).isEqualTo(HASH_EMPTY);
        assertThat(HeapKey.of(new byte[] {0, 42, 0, 0, 0, 0, 0, 0, 0}).hash()).isEqualTo(HASH_42);
        assertThat(HeapKey.of("\0streams of rows".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .hash())
                .isEqualTo(HASH_TEXT);
    }

    private static final long HASH_EMPTY = 0xEC072581A03086F1L;
    private static final long HASH_42 = 0x6E662CDBE3BCD4C4L;
    private static final long HASH_TEXT = 0x76CB3CAD97DF8A3BL;

    /** Offsets say that texts are long where no bytes are: lengths are summed up before anything is copied. */
    @Test
    void aKeyOfMoreThan2GiBIsRefused() {
        try (BatchBuilder builder = builder(AtomicType.STRING, AtomicType.STRING)) {
            builder.column(0).appendText("a");
            builder.column(1).appendText("b");
            builder.endRow();
            try (Batch batch = builder.finish();
                    KeyEncoder encoder = new KeyEncoder(allocator, List.of(AtomicType.STRING, AtomicType.STRING))) {
                for (int c = 0; c < 2; c++) {
                    Memory.putInt(batch.vector(c).getOffsetBufferAddress() + 4, 3 << 29);
                }
                assertThatThrownBy(() -> encoder.encode(batch, new int[] {0, 1}))
                        .isInstanceOf(SabotException.class)
                        .hasMessage("a value is longer than 2 GiB");
            }
        }
    }

    @Test
    void longsTakeTheFastPathToTheSameBytes() {
        try (BatchBuilder builder = builder(AtomicType.BIGINT)) {
            for (long value : new long[] {7, -1, Long.MIN_VALUE}) {
                builder.column(0).appendLong(value);
                builder.endRow();
            }
            builder.column(0).appendNull();
            builder.endRow();
            try (Batch batch = builder.finish();
                    KeyEncoder encoder = new KeyEncoder(allocator, List.of(AtomicType.BIGINT))) {
                KeyBatch keys = encoder.encode(batch, new int[] {0});
                assertThat(bytes(keys, 0)).containsExactly(0, 7, 0, 0, 0, 0, 0, 0, 0);
                assertThat(bytes(keys, 3)).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0);
                assertHashesFit(keys);
                keys = encoder.encode(batch, new int[] {0}, new Selection(new int[] {2, 0}, 2));
                assertThat(keys.count()).isEqualTo(2);
                assertThat(bytes(keys, 1)).containsExactly(0, 7, 0, 0, 0, 0, 0, 0, 0);
                assertHashesFit(keys);
            }
        }
    }

    @Test
    void doublesThatAreEqualHaveOneKey() {
        try (BatchBuilder builder = builder(AtomicType.DOUBLE)) {
            for (double value : new double[] {0.0, -0.0, Double.NaN, Double.longBitsToDouble(0xFFF8_0000_0000_0001L)}) {
                builder.column(0).appendDouble(value);
                builder.endRow();
            }
            try (Batch batch = builder.finish();
                    KeyEncoder encoder = new KeyEncoder(allocator, List.of(AtomicType.DOUBLE));
                    KeyEncoder rows = KeyEncoder.ofRows(allocator, List.of(AtomicType.DOUBLE))) {
                KeyBatch keys = encoder.encode(batch, new int[] {0});
                assertThat(bytes(keys, 0)).isEqualTo(bytes(keys, 1));
                assertThat(bytes(keys, 2)).isEqualTo(bytes(keys, 3)).isNotEqualTo(bytes(keys, 0));
                KeyBatch exact = rows.encode(batch, new int[] {0});
                assertThat(bytes(exact, 0)).isNotEqualTo(bytes(exact, 1));
            }
        }
    }

    @Test
    void textsKeepTheirBorders() {
        try (BatchBuilder builder = builder(AtomicType.STRING, AtomicType.STRING)) {
            for (@Nullable
            String[] row :
                    new @Nullable String[][] {{"ab", "c"}, {"a", "bc"}, {"", "abc"}, {null, "abc"}, {"abc", null}}) {
                for (int c = 0; c < 2; c++) {
                    if (row[c] == null) {
                        builder.column(c).appendNull();
                    } else {
                        builder.column(c).appendText(row[c]);
                    }
                }
                builder.endRow();
            }
            try (Batch batch = builder.finish();
                    KeyEncoder encoder = new KeyEncoder(allocator, List.of(AtomicType.STRING, AtomicType.STRING))) {
                KeyBatch keys = encoder.encode(batch, new int[] {0, 1});
                assertThat(IntStream.range(0, 5)
                                .mapToObj(i -> List.of(HeapKey.of(keys, i)))
                                .distinct())
                        .hasSize(5);
                assertHashesFit(keys);
            }
        }
    }

    @Test
    void keysOfManyTypesComeBack() {
        RowType point =
                new RowType(List.of(new Field("x", AtomicType.INT), new Field("name", AtomicType.STRING)), true);
        List<DataType> fixed = List.of(
                AtomicType.BOOLEAN,
                AtomicType.TINYINT,
                AtomicType.SMALLINT,
                AtomicType.INT,
                AtomicType.BIGINT,
                AtomicType.FLOAT,
                AtomicType.DOUBLE,
                AtomicType.decimal(20, 2),
                AtomicType.DATE,
                AtomicType.timestamp(3));
        roundTrip(fixed);
        List<DataType> mixed = new ArrayList<>(fixed);
        mixed.add(3, AtomicType.STRING);
        mixed.add(point);
        mixed.add(new ArrayType(AtomicType.STRING, true));
        mixed.add(AtomicType.BYTES);
        roundTrip(mixed);
        roundTrip(List.of(new ArrayType(point, true)));
        roundTrip(List.of());
    }

    void roundTrip(List<DataType> types) {
        int rows = 20;
        List<FieldVector> vectors = new ArrayList<>();
        List<ColumnBuilder> decoded = new ArrayList<>();
        for (int c = 0; c < types.size(); c++) {
            ColumnBuilder builder = new ColumnBuilder("c" + c, types.get(c), allocator, 4);
            for (int row = 0; row < rows; row++) {
                append(builder, types.get(c), (row + c) % 5 == 0 ? null : row * 31 + c);
            }
            vectors.add(builder.finish());
            decoded.add(new ColumnBuilder("d" + c, types.get(c), allocator, 4));
        }
        int[] columns = IntStream.range(0, types.size()).toArray();
        try (Batch batch = Batch.of(vectors, rows);
                KeyEncoder encoder = KeyEncoder.ofRows(allocator, types)) {
            KeyBatch keys = encoder.encode(batch, columns);
            assertHashesFit(keys);
            assertThat(keys.layout()).isEqualTo(KeyEncoder.layoutOf(types));
            long[] addresses = new long[rows];
            int[] lengths = new int[rows];
            for (int i = 0; i < rows; i++) {
                addresses[i] = keys.address(i);
                lengths[i] = keys.length(i);
            }
            KeyDecoder decoder = new KeyDecoder(types);
            decoder.decode(addresses, lengths, rows, decoded, 0);
            decoder.decode(addresses[0], lengths[0], decoded, 0);
            for (int c = 0; c < types.size(); c++) {
                try (FieldVector back = decoded.get(c).finish()) {
                    assertThat(back.getValueCount()).isEqualTo(rows + 1);
                    for (int row = 0; row < rows; row++) {
                        assertThat(text(back.getObject(row)))
                                .isEqualTo(text(batch.vector(c).getObject(row)));
                    }
                    assertThat(text(back.getObject(rows)))
                            .isEqualTo(text(batch.vector(c).getObject(0)));
                }
            }
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? java.util.Arrays.toString(bytes) : String.valueOf(value);
    }

    private static void append(ColumnBuilder builder, DataType type, @Nullable Integer value) {
        if (value == null) {
            builder.appendNull();
            return;
        }
        switch (builder.storage()) {
            case BITMAP -> builder.appendBoolean(value % 2 == 0);
            case INT8 -> builder.appendByte(value.byteValue());
            case INT16 -> builder.appendShort(value.shortValue());
            case INT32 -> builder.appendInt(value);
            case INT64 -> builder.appendLong(value);
            case FLOAT32 -> builder.appendFloat(value / 3f);
            case FLOAT64 -> builder.appendDouble(value / 3d);
            case DECIMAL128 -> builder.appendDecimal(value, -1);
            case BYTES -> builder.appendText("text " + value + "x".repeat(value % 40));
            case STRUCT -> {
                append(builder.child(0), AtomicType.INT, value);
                append(builder.child(1), AtomicType.STRING, value % 3 == 0 ? null : value);
                builder.appendStruct();
            }
            case LIST -> {
                DataType element = ((ArrayType) type).element();
                for (int i = 0; i < value % 4; i++) {
                    append(builder.child(0), element, i == 1 ? null : value + i);
                }
                builder.appendList();
            }
            case MAP, NULL -> throw new AssertionError(type);
        }
    }

    private static void assertHashesFit(KeyBatch keys) {
        for (int i = 0; i < keys.count(); i++) {
            assertThat(keys.hash(i)).isEqualTo(KeyHash.hash(keys.address(i), keys.length(i)));
        }
    }

    private static byte[] bytes(KeyBatch keys, int index) {
        return HeapKey.bytes(keys.address(index), keys.length(index));
    }

    private BatchBuilder builder(DataType... types) {
        List<Field> fields = new ArrayList<>();
        for (DataType type : types) {
            fields.add(new Field("f" + fields.size(), type));
        }
        return new BatchBuilder(new Schema(fields), allocator, 4);
    }

    @Test
    void sortKeysOrderAsTheirValues() {
        long a = Memory.allocate(32);
        long b = a + 16;
        double[] doubles = {Double.NEGATIVE_INFINITY, -2.5, -0.0, 1e-300, 3, Double.POSITIVE_INFINITY, Double.NaN};
        for (int i = 1; i < doubles.length; i++) {
            SortKeys.putDouble(a, doubles[i - 1]);
            SortKeys.putDouble(b, doubles[i]);
            assertThat(SortKeys.compare(a, 8, b, 8)).isNegative();
        }
        long[] longs = {Long.MIN_VALUE, -5, -1, 0, 1, Long.MAX_VALUE};
        for (int i = 1; i < longs.length; i++) {
            SortKeys.putLong(a, longs[i - 1]);
            SortKeys.putLong(b, longs[i]);
            assertThat(SortKeys.compare(a, 8, b, 8)).isNegative();
            assertThat(SortKeys.getLong(b)).isEqualTo(longs[i]);
        }
        Memory.free(a);
    }
}
