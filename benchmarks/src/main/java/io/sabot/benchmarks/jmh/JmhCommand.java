package io.sabot.benchmarks.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code sabot-bench jmh [regex] [options of JMH]}: microbenchmarks. */
@CommandLine.Command(
        name = "jmh",
        description = {
            "Microbenchmarks of parts: nanoseconds per row.",
            "Without arguments all of them; -l lists them, -h shows the options of JMH."
        })
public final class JmhCommand implements Callable<Integer> {
    @CommandLine.Unmatched
    private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
        return 0;
    }
}
