/**
 * The Nexmark queries on Sabot, run through JDBC in this process and timed.
 *
 * <p>The SQL lies in {@code resources/nexmark}: {@code events.sql} makes the source and the three views, {@code qN.sql}
 * the sink and the query.
 */
@NullMarked
package io.sabot.benchmarks.nexmark;

import org.jspecify.annotations.NullMarked;
