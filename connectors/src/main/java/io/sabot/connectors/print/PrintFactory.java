package io.sabot.connectors.print;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.Sink;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SinkSpec;
import java.util.List;

/** Makes sinks that print. */
public final class PrintFactory implements SinkFactory {
    private static final List<OptionSpec> OPTIONS = List.of(
            OptionSpec.optional("print-identifier", OptionType.STRING, "Text in front of each row"),
            OptionSpec.defaulted(
                    "standard-error", OptionType.BOOLEAN, "false", "Whether to print on standard error instead"),
            OptionSpec.optional("sink.parallelism", OptionType.INT, "Number of tasks that print"));

    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "print",
            "Prints rows on the standard output of the process that runs the query, updates and deletes included",
            false,
            true,
            ConnectorDescriptor.FormatUse.NONE,
            false,
            OPTIONS,
            List.of());

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Sink create(SinkSpec sink, ConnectorContext context) {
        Options options = new Options(sink.table().options(), OPTIONS);
        return new PrintSink(
                sink.schema(), options.find("print-identifier").orElse(""), options.bool("standard-error"));
    }
}
