package io.sabot.executor.job;

import io.sabot.executor.state.MemoryBudget;
import io.sabot.executor.time.Clock;
import java.nio.file.Path;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What all jobs of an engine share.
 *
 * @param allocator parent of the jobs' allocators
 * @param stateBudget memory for state tables
 * @param workingDirectory where relative paths of tables begin
 */
public record JobEnvironment(
        BufferAllocator allocator,
        MemoryBudget stateBudget,
        Connectors connectors,
        Clock clock,
        Path workingDirectory) {}
