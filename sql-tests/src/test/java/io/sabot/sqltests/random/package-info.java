/**
 * Random queries over random changes: every published epoch must be what DuckDB answers over the rows read so far.
 *
 * <p>A {@link io.sabot.sqltests.random.Script} says which changes come in which order, split by split. One job runs several
 * queries and, beside them, copies of their input tables; all its sinks are recorded epoch by epoch, so the copies tell
 * which prefix of the input an epoch stands for. Read {@link io.sabot.sqltests.random.StreamBatchTest} first.
 */
@NullMarked
package io.sabot.sqltests.random;

import org.jspecify.annotations.NullMarked;
