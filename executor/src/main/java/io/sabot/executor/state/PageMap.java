package io.sabot.executor.state;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The pages of a job's last checkpoint as a sorted map on disk. Only the checkpoint writer changes it. */
interface PageMap extends StoredPages, AutoCloseable {
    /** Applies the changes of one checkpoint, sorted by key, each key once. */
    void apply(long checkpoint, Iterator<Change> changes) throws IOException;

    /** Writes or links everything into a new directory, durably. */
    void saveTo(Path directory) throws IOException;

    @Override
    void close();

    /** Opens page maps of one kind. */
    interface Opener {
        /**
         * A map in a directory of its own, whatever was there before.
         *
         * @param saved what {@link #saveTo} wrote, null for an empty map
         */
        PageMap open(Path directory, @Nullable Path saved) throws IOException;
    }

    /** A page to write, or a key to delete. */
    final class Change {
        private final byte[] key;
        private final byte @Nullable [] value;

        Change(byte[] key, byte @Nullable [] value) {
            this.key = key;
            this.value = value;
        }

        byte[] key() {
            return key;
        }

        /** Null to delete. */
        byte @Nullable [] value() {
            return value;
        }
    }
}
