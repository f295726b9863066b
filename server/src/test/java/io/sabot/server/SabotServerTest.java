package io.sabot.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SabotServerTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new SabotServer())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void listensOnThisMachineOnly() {
        assertThat(run("--bind", "0.0.0.0")).isEqualTo(2);
        assertThat(err.toString())
                .contains("this machine only")
                .contains("Hint:")
                .doesNotContain("Exception");
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThat(run("--bind", "no such host")).isEqualTo(2);
        assertThat(err.toString()).contains("is no address of this machine");
    }

    @Test
    void saysHowItIsUsed() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--port", "--bind", "--data-dir", "8765");
        assertThat(run("--what")).isEqualTo(2);
    }
}
