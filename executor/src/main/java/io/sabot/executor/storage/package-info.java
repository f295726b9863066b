/**
 * Streams and tables that the engine keeps itself: those created without a connector.
 *
 * <p>Each is a log of commits. A commit is a batch of rows with kinds; an append-only stream's content is its log, a keyed
 * table's content is the last row of every key, found by an index from key to place in the log; a table without a key is a
 * bag of rows. The rows of materialized views are such tables, written by the jobs of the views. In a durable engine each
 * commit is also appended to a file (Arrow IPC, checksummed) before it becomes visible. They take part in jobs through the
 * same interfaces as every other connector, under the name {@code engine}.
 *
 * <p>The log of a view whose rows only come has the watermark of its query behind the rows of each commit ({@code LogMark}), and
 * with each batch behind which watermark its rows are late.
 *
 * <p>A log that has become much longer than the content is made shorter beside its readers ({@code LogCompaction}): changes
 * that nobody is going to read become the rows that are there. Batches keep their numbers.
 *
 * <p>Read {@link io.sabot.executor.storage.StoredTable} first. A table is used by many threads and guards itself.
 */
@NullMarked
package io.sabot.executor.storage;

import org.jspecify.annotations.NullMarked;
