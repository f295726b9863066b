package io.sabot.executor.job;

import io.sabot.catalog.Table;
import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.Descriptors;
import io.sabot.executor.connector.FileAccess;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.SinkFactory;
import io.sabot.executor.connector.SourceFactory;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The connectors and formats of a process, by name. */
public final class Connectors {
    private final Map<String, SourceFactory> sources;
    private final Map<String, SinkFactory> sinks;
    private final Map<String, FormatFactory> formats;

    /** These connectors; of two with one name the later one counts. */
    public Connectors(
            Collection<SourceFactory> sources, Collection<SinkFactory> sinks, Collection<FormatFactory> formats) {
        this.sources = new TreeMap<>();
        this.sinks = new TreeMap<>();
        this.formats = new TreeMap<>();
        sources.forEach(factory -> this.sources.put(factory.descriptor().name(), factory));
        sinks.forEach(factory -> this.sinks.put(factory.descriptor().name(), factory));
        formats.forEach(factory -> this.formats.put(factory.descriptor().name(), factory));
    }

    /** Everything on the class path, and the engine's own. */
    public static Connectors load(Collection<SourceFactory> ownSources, Collection<SinkFactory> ownSinks) {
        List<SourceFactory> sources = new ArrayList<>();
        List<SinkFactory> sinks = new ArrayList<>();
        List<FormatFactory> formats = new ArrayList<>();
        ServiceLoader.load(SourceFactory.class).forEach(sources::add);
        ServiceLoader.load(SinkFactory.class).forEach(sinks::add);
        ServiceLoader.load(FormatFactory.class).forEach(formats::add);
        sources.addAll(ownSources);
        sinks.addAll(ownSinks);
        return new Connectors(sources, sinks, formats);
    }

    /** What all of them offer, sorted by name. */
    public Descriptors descriptors() {
        Map<String, ConnectorDescriptor> byName = new TreeMap<>();
        sinks.forEach((name, factory) -> byName.put(name, factory.descriptor()));
        sources.forEach((name, factory) -> byName.put(name, factory.descriptor()));
        return new Descriptors(
                byName.values().stream()
                        .sorted((a, b) -> a.name().compareTo(b.name()))
                        .toList(),
                formats.values().stream().map(FormatFactory::descriptor).toList());
    }

    /** Guesses how many rows a table of a connector has, see {@link SourceFactory#estimatedRows}. */
    public OptionalLong estimatedRows(Table table, FileAccess files) {
        SourceFactory factory = table.connector().map(sources::get).orElse(null);
        return factory == null ? OptionalLong.empty() : factory.estimatedRows(table, this::format, files);
    }

    SourceFactory source(String name) {
        return found(sources.get(name), "connector", name, "read");
    }

    SinkFactory sink(String name) {
        return found(sinks.get(name), "connector", name, "written");
    }

    FormatFactory format(String name) {
        return found(formats.get(name), "format", name, "used");
    }

    private static <T> T found(@Nullable T factory, String what, String name, String use) {
        if (factory == null) {
            throw SabotException.of(ErrorCode.INVALID_OPTION, what + " '" + name + "' cannot be " + use);
        }
        return factory;
    }
}
