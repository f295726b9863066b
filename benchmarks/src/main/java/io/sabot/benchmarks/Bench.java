package io.sabot.benchmarks;

import io.sabot.benchmarks.jmh.JmhCommand;
import io.sabot.benchmarks.nexmark.CheckCommand;
import io.sabot.benchmarks.nexmark.NexmarkCommand;
import picocli.CommandLine;

/** {@code sabot-bench}. */
@CommandLine.Command(
        name = "sabot-bench",
        description = "Benchmarks of Sabot.",
        mixinStandardHelpOptions = true,
        subcommands = {NexmarkCommand.class, CheckCommand.class, JmhCommand.class})
public final class Bench {
    private Bench() {}

    /** Starts the command line. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
