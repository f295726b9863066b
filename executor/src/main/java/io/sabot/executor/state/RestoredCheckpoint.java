package io.sabot.executor.state;

/** A checkpoint that a job goes on from; readable as long as its {@link CheckpointStore} is open. */
public final class RestoredCheckpoint {
    private final CheckpointMetadata metadata;
    private final StoredPages pages;

    RestoredCheckpoint(CheckpointMetadata metadata, StoredPages pages) {
        this.metadata = metadata;
        this.pages = pages;
    }

    /** Number of the checkpoint. */
    public long number() {
        return metadata.number();
    }

    /** What the job gave to {@link CheckpointStore#write}: positions, watermarks. */
    public byte[] metadata() {
        return metadata.job().clone();
    }

    CheckpointMetadata stateMetadata() {
        return metadata;
    }

    StoredPages pages() {
        return pages;
    }
}
