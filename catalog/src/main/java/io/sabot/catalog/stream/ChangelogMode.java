package io.sabot.catalog.stream;

/** Which row kinds a stream may hold. */
public enum ChangelogMode {
    /** Only {@code INSERT}. */
    APPEND_ONLY,
    /** All four kinds, every update and delete with its before-image. */
    RETRACT,
    /** {@code INSERT}, {@code UPDATE_AFTER} and {@code DELETE} by key, without before-images. */
    UPSERT
}
