package io.sabot.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.catalog.type.AtomicType;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.TestAllocator;
import io.sabot.parser.error.SabotException;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoresTest {
    @RegisterExtension
    final TestAllocator memory = new TestAllocator();

    /** One text of 1.1 million bytes for 2,048 rows, as REPEAT makes it. */
    @Test
    void aTextThatMakesAColumnOfMoreThan2GiBIsRefusedBeforeItIsCopied() {
        try (Arena arena = new Arena(1024)) {
            Value text = text(arena, 1_100_000);
            assertThatThrownBy(() -> Stores.store(text, AtomicType.STRING, "t", 2048, memory.allocator()))
                    .isInstanceOf(SabotException.class)
                    .hasMessage("a column of a batch of rows holds more than 2 GiB of text");
            try (FieldVector stored = Stores.store(text, AtomicType.STRING, "t", 2, memory.allocator())) {
                assertThat(stored.getValueCount()).isEqualTo(2);
                assertThat(Memory.getInt(stored.getOffsetBufferAddress() + 8)).isEqualTo(2_200_000);
            }
        }
    }

    private static Value text(Arena arena, int bytes) {
        long at = arena.allocateZeroed(bytes);
        long pair = arena.allocate(16);
        Memory.putLong(pair, at);
        Memory.putLong(pair + 8, bytes);
        return Value.constant(pair);
    }
}
