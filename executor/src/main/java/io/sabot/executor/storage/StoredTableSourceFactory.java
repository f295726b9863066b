package io.sabot.executor.storage;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.ConnectorDescriptor.FormatUse;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.SourceFactory;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.storage.StoredTableReader.Place;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads the engine's own tables: their present content, and what is committed after it when the scan goes on. */
final class StoredTableSourceFactory implements SourceFactory {
    static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            StoredTables.CONNECTOR,
            "Rows kept by the engine itself: what a table or stream without a connector has.",
            true,
            true,
            FormatUse.NONE,
            false,
            List.of(),
            List.of());

    /** Option of a hint: {@code false} begins with the first change after the start. */
    static final String SNAPSHOT = "sabot.snapshot";

    private final StoredTables tables;

    StoredTableSourceFactory(StoredTables tables) {
        this.tables = tables;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Source create(ScanSpec scan, ConnectorContext context) {
        return new TableSource(tables.get(scan.table().name()), scan);
    }

    private static final class TableSource implements Source {
        private final StoredTable table;
        private final ScanSpec scan;
        /** Of what a reader will begin with; nobody holds on to it until then. */
        private final AtomicReference<LogHolds.@Nullable Hold> first = new AtomicReference<>();

        TableSource(StoredTable table, ScanSpec scan) {
            this.table = table;
            this.scan = scan;
        }

        @Override
        public boolean bounded() {
            return scan.ends();
        }

        @Override
        public ChangelogMode changelog() {
            return table.isAppendOnly() || scan.ends() ? ChangelogMode.APPEND_ONLY : ChangelogMode.RETRACT;
        }

        @Override
        public List<Split> discover(List<Split> known) {
            if (!known.isEmpty()) {
                return List.of();
            }
            boolean begin = Boolean.parseBoolean(scan.table().options().getOrDefault(SNAPSHOT, "true"));
            boolean content = !table.isAppendOnly() && (begin || scan.ends());
            LogHolds.Hold hold = table.holdEnd();
            first.set(hold);
            long from = content ? -1 : begin || scan.ends() ? 0 : hold.place();
            long end = scan.ends() ? hold.place() : Long.MAX_VALUE;
            return List.of(new Split("log", new Place(content, from, 0, end).position()));
        }

        @Override
        public SplitReader reader(ConnectorContext context) {
            return new StoredTableReader(table, scan, context, this::release);
        }

        private void release() {
            LogHolds.Hold hold = first.getAndSet(null);
            if (hold != null) {
                hold.close();
            }
        }

        @Override
        public void close() {
            release();
        }
    }
}
