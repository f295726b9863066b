package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.Descriptors;
import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ChangelogMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the options of a table say about its rows as a stream: whether they end, which changes they hold. */
public final class SourceRules {
    private static final String ROW_COUNT = "number-of-rows";

    private final Descriptors descriptors;

    /** Over the connectors and formats of a process. */
    public SourceRules(Descriptors descriptors) {
        this.descriptors = descriptors;
    }

    /** Whether a scan comes to an end by itself. */
    public boolean isBounded(Table table) {
        Optional<String> connector = table.connector();
        if (connector.isEmpty()) {
            return table.kind() != TableKind.STREAM;
        }
        if (hasOption(table, ROW_COUNT)) {
            return table.options().containsKey(ROW_COUNT) || hasSequence(table);
        }
        if (hasOption(table, "scan.bounded.mode")) {
            String mode = table.options().getOrDefault("scan.bounded.mode", "unbounded");
            return !mode.equalsIgnoreCase("unbounded");
        }
        return connector.get().equals("filesystem") && !table.options().containsKey("source.monitor-interval");
    }

    /** Whether a scan can be told to stop at the end that the source has now. */
    public boolean canStop(Table table) {
        return isBounded(table) || !hasOption(table, ROW_COUNT);
    }

    /**
     * Kinds of changes that a scan delivers.
     *
     * @param snapshot whether it stops at the end that the source has now
     * @param keyed whether changes of a format are told apart by primary key alone
     */
    ChangelogMode changelog(Table table, boolean snapshot, boolean keyed) {
        if (table.connector().isEmpty()) {
            return snapshot || table.kind().appendOnly() ? ChangelogMode.APPEND_ONLY : ChangelogMode.RETRACT;
        }
        if (descriptor(table).map(ConnectorDescriptor::needsPrimaryKey).orElse(false)) {
            return ChangelogMode.UPSERT;
        }
        if (!deliversChanges(table)) {
            return ChangelogMode.APPEND_ONLY;
        }
        return keyed ? ChangelogMode.UPSERT : ChangelogMode.RETRACT;
    }

    /** Whether the records of a table say what they do to rows. */
    boolean deliversChanges(Table table) {
        return format(table).map(FormatDescriptor::changelog).orElse(false);
    }

    /** Whether the connector can read at all. */
    boolean isReadable(Table table) {
        return descriptor(table).map(ConnectorDescriptor::source).orElse(true);
    }

    /** Whether a sink takes updates and deletes. */
    boolean takesChanges(Table table) {
        if (table.connector().isEmpty()) {
            return !table.kind().appendOnly();
        }
        return descriptor(table)
                .map(connector -> connector.needsPrimaryKey()
                        || connector.formats() == ConnectorDescriptor.FormatUse.NONE
                        || format(table).map(FormatDescriptor::changelog).orElse(false))
                .orElse(true);
    }

    /** Milliseconds after which a quiet split no longer holds the watermark; 0 never. */
    long idleTimeoutMillis(Table table, long ofSession) {
        return Optional.ofNullable(table.options().get("scan.watermark.idle-timeout"))
                .flatMap(Options::parseDuration)
                .map(Duration::toMillis)
                .orElse(ofSession);
    }

    /** Made-up rows end with the shortest sequence in them. */
    private static boolean hasSequence(Table table) {
        return table.options().entrySet().stream()
                .anyMatch(option -> option.getKey().startsWith("fields.")
                        && option.getKey().endsWith(".kind")
                        && option.getValue().trim().equalsIgnoreCase("sequence"));
    }

    private boolean hasOption(Table table, String key) {
        return descriptor(table).stream()
                .flatMap(connector -> connector.options().stream())
                .anyMatch(option -> option.key().equals(key));
    }

    private Optional<ConnectorDescriptor> descriptor(Table table) {
        return table.connector().flatMap(descriptors::connector);
    }

    private Optional<FormatDescriptor> format(Table table) {
        return List.of("value.format", "format").stream()
                .flatMap(key -> Optional.ofNullable(table.options().get(key)).stream())
                .findFirst()
                .flatMap(descriptors::format);
    }
}
