package io.sabot.executor.operator;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is to be closed with its owner, the last that came first. Everything is closed even when closing some of it fails.
 * Used by one thread at a time.
 */
public final class Owned implements AutoCloseable {
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    /** Takes a resource; returns it. */
    public <T extends AutoCloseable> T own(T resource) {
        resources.push(resource);
        return resource;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("what was opened could not be closed", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
