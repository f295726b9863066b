package io.sabot.shell.prompt;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Hands on whole lines. Jobs of an engine in this process may print while a person types (the connector {@code print}); in the
 * middle of their line it would be unreadable, so it goes above. Any thread.
 */
final class LinesAbovePrompt extends OutputStream {
    private final Consumer<String> lines;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    LinesAbovePrompt(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int end = offset + length;
        while (end > offset && bytes[end - 1] != '\n') {
            end--;
        }
        begun.write(bytes, offset, end - offset);
        if (end > offset) {
            lines.accept(begun.toString(StandardCharsets.UTF_8));
            begun.reset();
        }
        begun.write(bytes, end, offset + length - end);
    }
}
