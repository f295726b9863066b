package io.sabot.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesAbovePromptTest {
    private final List<String> shown = new ArrayList<>();
    private final PrintStream stream = new PrintStream(new LinesAbovePrompt(shown::add), true, StandardCharsets.UTF_8);

    @Test
    void linesAreShownWhole() {
        stream.print("+I[é, ");
        assertThat(shown).isEmpty();
        stream.print("1]\n+I[b");
        stream.print(", 2]\n");
        assertThat(shown).containsExactly("+I[é, 1]\n", "+I[b, 2]\n");
    }

    @Test
    void manyLinesAreShownAtOnce() {
        stream.print("a\nb\n\nc");
        assertThat(shown).containsExactly("a\nb\n\n");
    }
}
