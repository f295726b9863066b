/**
 * What a checkpoint holds beside state tables: positions of sources, watermarks, what sinks have prepared; and its bytes.
 *
 * <p>State tables and the files of a checkpoint belong to {@code executor.state}; when checkpoints are made is decided in
 * {@code executor.job}.
 */
@NullMarked
package io.sabot.executor.checkpoint;

import org.jspecify.annotations.NullMarked;
