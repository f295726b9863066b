/**
 * The JMH suite: what one row costs in the parts that queries spend their time in. {@code sabot-bench jmh} runs it.
 *
 * <p>All scores are time per row (or per event): each benchmark says by {@code OperationsPerInvocation} how many it handles.
 */
@NullMarked
package io.sabot.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
