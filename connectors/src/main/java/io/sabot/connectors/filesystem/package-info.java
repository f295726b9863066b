/**
 * Connector {@code filesystem}: files and directories of the local disk, read and written in any format.
 *
 * <p>Start at {@link io.sabot.connectors.filesystem.FilesystemFactory}. A file is one split, read in order by one task;
 * its position is the byte behind the last row. Written files stay hidden under temporary names until the checkpoint
 * that lists them commits. Formats are reached through {@code FormatFactory} only. Sources and sinks belong to the job's
 * coordinator thread, readers and writers to their task's thread.
 */
@NullMarked
package io.sabot.connectors.filesystem;

import org.jspecify.annotations.NullMarked;
