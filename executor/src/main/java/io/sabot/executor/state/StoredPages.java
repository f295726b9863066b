package io.sabot.executor.state;

import org.jspecify.annotations.Nullable;

/** The pages of one checkpoint in the order of their keys, which compare as unsigned bytes. Safe for several readers. */
interface StoredPages {
    /** No pages. */
    StoredPages NONE = (from, to, orPrevious, reader) -> {};

    /**
     * Reads pages in order.
     *
     * @param from first key
     * @param to first key behind; null for no end
     * @param orPrevious whether to begin with the page before {@code from} when there is none at {@code from}
     */
    void scan(byte[] from, byte @Nullable [] to, boolean orPrevious, Reader reader);

    /** Takes one page. */
    interface Reader {
        void page(byte[] key, byte[] value);
    }
}
