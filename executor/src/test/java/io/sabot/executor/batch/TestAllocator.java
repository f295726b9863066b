package io.sabot.executor.batch;

import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A root allocator for each test, closed behind it: a buffer that leaked fails the test.
 *
 * <pre>{@code
 * @RegisterExtension
 * final TestAllocator memory = new TestAllocator();
 * }</pre>
 */
public final class TestAllocator implements AfterEachCallback {
    private final BufferAllocator root = Allocators.root();

    /** The allocator of the running test. */
    public BufferAllocator allocator() {
        return root;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            // A test that failed half-way may not have closed its batches; its own failure is what matters.
            try {
                root.close();
            } catch (IllegalStateException leak) {
                context.getExecutionException().get().addSuppressed(leak);
            }
        } else {
            root.close();
        }
    }
}
