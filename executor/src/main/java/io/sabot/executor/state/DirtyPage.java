package io.sabot.executor.state;

/** A frozen page that a checkpoint must write. */
final class DirtyPage {
    private final byte[] key;
    private final long entry;
    private final Encoder encoder;

    DirtyPage(byte[] key, long entry, Encoder encoder) {
        this.key = key;
        this.entry = entry;
        this.encoder = encoder;
    }

    byte[] key() {
        return key;
    }

    byte[] encode(PageWriter writer) {
        encoder.encode(entry, writer);
        return writer.finish();
    }

    /** Writes the stored form of a page: all of it but the checksum. */
    interface Encoder {
        void encode(long entry, PageWriter writer);
    }
}
