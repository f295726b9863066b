package io.sabot.executor.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Columns that would be over 2 GiB; offsets say that texts are long where no bytes are. */
class ColumnLimitTest {
    private static final Selection THRICE = new Selection(new int[] {0, 0, 0}, 3);

    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    @Test
    void theMostAColumnHoldsIsAnOffset() {
        assertThat(ColumnLimit.bytes(ColumnLimit.MOST)).isEqualTo(ColumnLimit.MOST);
        assertThat(ColumnLimit.elements(ColumnLimit.MOST)).isEqualTo(ColumnLimit.MOST);
        assertThat(ColumnLimit.value(ColumnLimit.MOST)).isEqualTo(ColumnLimit.MOST);
        refused(() -> ColumnLimit.bytes(ColumnLimit.MOST + 1L), "a column of a batch of rows holds more than 2 GiB");
        refused(() -> ColumnLimit.elements(1L << 33), "a column of a batch of rows holds more than 2 billion elements");
        refused(() -> ColumnLimit.value(1L << 31), "a value is longer than 2 GiB");
    }

    @Test
    void theErrorSaysWhatToSet() {
        assertThatThrownBy(() -> ColumnLimit.bytes(2_252_800_000L)).isInstanceOfSatisfying(SabotException.class, e -> {
            assertThat(e.why().orElseThrow()).contains("2252800000 bytes");
            assertThat(e.hint().orElseThrow()).contains("sabot.batch-rows");
        });
    }

    @Test
    void textsTakenMoreThanOnceAreCountedBeforeTheyAreCopied() {
        try (ColumnBuilder builder = builder(AtomicType.STRING)) {
            builder.appendText("x");
            try (FieldVector text = builder.finish()) {
                long offsets = ((BaseVariableWidthVector) text).getOffsetBufferAddress();
                Memory.putInt(offsets + 4, 1 << 30);
                refused(() -> Gather.take(text, THRICE, memory.allocator()), "2 GiB of text");
                Memory.putInt(offsets + 4, 1);
            }
        }
    }

    @Test
    void elementsTakenMoreThanOnceAreCountedBeforeTheyAreListed() {
        try (ColumnBuilder builder = builder(new ArrayType(AtomicType.INT, true))) {
            builder.child(0).appendInt(1);
            builder.appendList();
            try (FieldVector list = builder.finish()) {
                long offsets = ((ListVector) list).getOffsetBuffer().memoryAddress();
                Memory.putInt(offsets + 4, 1 << 30);
                refused(() -> Gather.take(list, THRICE, memory.allocator()), "2 billion elements");
                Memory.putInt(offsets + 4, 1);
            }
        }
    }

    /** The bytes are reserved but never touched, so that they take no memory. */
    @Test
    void aFullBuilderTakesNoMoreTextAndStaysAsItWas() {
        try (ColumnBuilder builder = builder(AtomicType.STRING)) {
            builder.reserveTexts(ColumnLimit.MOST);
            builder.commitBytes(ColumnLimit.MOST - 3);
            builder.appendText("abc");
            refused(() -> builder.appendText("d"), "2 GiB of text");
            refused(() -> builder.reserveBytes(1), "2 GiB of text");
            assertThat(builder.rowCount()).isEqualTo(2);
            assertThat(builder.textBytes()).isEqualTo(ColumnLimit.MOST);
            for (int i = 0; i < 50; i++) {
                builder.appendText("");
                builder.appendNull();
            }
            assertThat(builder.rowCount()).isEqualTo(102);
        }
    }

    @Test
    void anEstimateBeyondTheLimitIsNoError() {
        try (ColumnBuilder builder = builder(AtomicType.STRING)) {
            builder.reserveTexts(3L << 30);
            builder.appendText("abc");
            assertThat(builder.textBytes()).isEqualTo(3);
        }
    }

    @Test
    void aBatchOfLongTextsIsLarge() {
        Schema schema = Schema.of(new Field("k", AtomicType.BIGINT), new Field("text", AtomicType.STRING));
        try (BatchBuilder rows = new BatchBuilder(schema, memory.allocator(), 8)) {
            rows.column(0).appendLong(1);
            rows.column(1).appendText("short");
            rows.endRow();
            assertThat(rows.isLarge()).isFalse();
            rows.column(0).appendLong(2);
            rows.column(1).reserveBytes(64 << 20);
            rows.column(1).commitBytes(64 << 20);
            rows.endRow();
            assertThat(rows.isLarge()).isTrue();
        }
    }

    @Test
    void rowsOfAVectorAreAppendedWithAllThatIsInThem() {
        DataType pair = new RowType(
                List.of(
                        new Field("n", AtomicType.INT),
                        new Field("texts", new ArrayType(AtomicType.STRING, true)),
                        new Field("map", new MapType(AtomicType.STRING, AtomicType.BIGINT, true))),
                true);
        try (ColumnBuilder from = builder(pair);
                ColumnBuilder to = builder(pair)) {
            for (int i = 0; i < 20; i++) {
                appendPair(from, i);
            }
            from.appendNull();
            try (FieldVector source = from.finish()) {
                for (int i = 20; i >= 0; i--) {
                    to.append(source, i);
                }
                int[] backwards = new int[21];
                for (int i = 0; i < backwards.length; i++) {
                    backwards[i] = 20 - i;
                }
                try (FieldVector copied = to.finish();
                        FieldVector expected = Gather.take(source, new Selection(backwards, 21), memory.allocator())) {
                    for (int i = 0; i < 21; i++) {
                        assertThat(copied.getObject(i)).isEqualTo(expected.getObject(i));
                    }
                    assertThat(copied.isNull(0)).isTrue();
                }
            }
        }
    }

    private static void appendPair(ColumnBuilder to, int i) {
        to.child(0).appendInt(i);
        ColumnBuilder texts = to.child(1);
        for (int j = 0; j < i % 4; j++) {
            texts.child(0).appendText("text " + i + " " + j);
        }
        if (i % 5 == 0) {
            texts.appendNull();
        } else {
            texts.appendList();
        }
        ColumnBuilder map = to.child(2);
        map.child(0).child(0).appendText("key" + i);
        map.child(0).child(1).appendLong(i);
        map.child(0).appendStruct();
        map.appendList();
        to.appendStruct();
    }

    private ColumnBuilder builder(DataType type) {
        return new ColumnBuilder("c", type, memory.allocator(), 8);
    }

    private static void refused(ThrowingCallable call, String what) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SabotException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY))
                .hasMessageContaining(what);
    }
}
