package io.sabot.executor.job;

import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.state.MemoryBudget;
import io.sabot.executor.time.Clock;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What all jobs of an engine share.
 *
 * @param allocator parent of the jobs' allocators
 * @param stateBudget memory for state tables
 * @param files which tables may read and write
 */
public record JobEnvironment(
        BufferAllocator allocator, MemoryBudget stateBudget, Connectors connectors, Clock clock, FileAccess files) {}
