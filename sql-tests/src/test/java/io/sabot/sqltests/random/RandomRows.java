package io.sabot.sqltests.random;

import io.sabot.executor.batch.RowKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values of columns a, b and c, few and small, so that rows meet; and how rows come together. */
final class RandomRows {
    private final Random random;

    RandomRows(Random random) {
        this.random = random;
    }

    @Nullable
    Long a() {
        return random.nextInt(5) == 0 ? null : (Long) (long) random.nextInt(4);
    }

    @Nullable
    Long b() {
        return random.nextInt(6) == 0 ? null : (Long) ((long) random.nextInt(8) - 2);
    }

    @Nullable
    String c() {
        return random.nextInt(6) == 0 ? null : List.of("", "x", "y", "yz", "ä").get(random.nextInt(5));
    }

    /**
     * Cuts the changes of a split into chunks. Some splits wait for the end of an epoch before most chunks, others are read as
     * fast as can be.
     */
    List<Script.Chunk> chunks(List<Script.Change> changes) {
        List<Script.Chunk> chunks = new ArrayList<>();
        List<Script.Change> chunk = new ArrayList<>();
        int chunkSize = 1 + random.nextInt(6);
        int patience = random.nextInt(4);
        for (Script.Change change : changes) {
            chunk.add(change);
            // what only a half has told would not be seen in a copy, where it and the row before it are nothing
            if (change.kind() != RowKind.UPDATE_BEFORE && random.nextInt(chunkSize) == 0) {
                chunks.add(new Script.Chunk(List.copyOf(chunk), random.nextInt(4) < patience));
                chunk.clear();
            }
        }
        if (!chunk.isEmpty()) {
            chunks.add(new Script.Chunk(List.copyOf(chunk), random.nextInt(4) < patience));
        }
        return chunks;
    }
}
