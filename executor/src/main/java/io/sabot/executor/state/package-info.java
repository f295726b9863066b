/**
 * Keyed state: off-heap tables that operators read and write in place, and the checkpoints that keep them.
 *
 * <p><b>Mental model.</b> An operator asks a {@link io.sabot.executor.state.StateStore} for tables by name, in {@code open}.
 * Three layouts stand over one store of pages:
 *
 * <pre>
 *   RecordTable   key → fixed part, tail          pages by hash prefix      aggregates, content by key; by slice for windows
 *   OrderedTable  (key; order, seq) → part, row   leaves in key order       join sides, Top-N, sessions, multisets
 *   RowLog        id → time, key, part, row       append, oldest go         interval joins, buffers
 *
 *        task thread                                       checkpoint writer, SELECT
 *   ┌───────────────────────┐   barrier: freeze        ┌──────────────────────────────┐
 *   │ directory ─► pages    │ ───────────────────────► │ frozen directory ─► pages    │
 *   └───────────────────────┘   first write to a       └──────────────────────────────┘
 *         256 B … 4 KiB         frozen page copies it     dirty pages ─► one sorted file ─► RocksDB ─► hard links
 * </pre>
 *
 * <p>Keys are bytes in a canonical encoding with a 64-bit hash that never changes ({@link
 * io.sabot.executor.state.KeyLayout}, {@link io.sabot.executor.state.KeyHash}); the top bits of the hash are the key group.
 * A page holds a range of hashes, so of key groups, and its stored key is {@code table (2) [slice end (8)] lowest hash}:
 * restoring at another parallelism takes the pages that overlap a range. RocksDB holds exactly the last completed
 * checkpoint and is never read or written per row.
 *
 * <p>One task's thread uses its tables; snapshots are read and closed on any thread. Everything here is {@code
 * AutoCloseable} with one owner. Read {@link io.sabot.executor.state.RecordTable} first, then {@code Page} and {@code
 * SlotLayout} for the bytes. When and why to take a checkpoint, and what sources and sinks do then, is the checkpoint
 * package's matter; operators and plans are unknown here.
 */
@NullMarked
package io.sabot.executor.state;

import org.jspecify.annotations.NullMarked;
