package io.sabot.sqltests.random;

import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.FormatFactory;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.RecordEncoder;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.SourceFactory;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Script}: a position is a number of chunks. */
final class ScriptedSource implements Source {
    private final Script script;
    private final Run run;
    private final ScanSpec scan;

    private ScriptedSource(Script script, Run run, ScanSpec scan) {
        this.script = script;
        this.run = run;
        this.scan = scan;
    }

    /** Connector {@code scripted}. */
    public static final class Factory implements SourceFactory {
        private static final List<OptionSpec> OPTIONS = List.of(
                OptionSpec.required("run", OptionType.STRING, "Name of the run"),
                OptionSpec.required("script", OptionType.STRING, "Name of the script in the run"));

        @Override
        public ConnectorDescriptor descriptor() {
            return new ConnectorDescriptor(
                    "scripted",
                    "Reads changes made up for a test",
                    true,
                    false,
                    ConnectorDescriptor.FormatUse.VALUE,
                    false,
                    OPTIONS,
                    List.of());
        }

        @Override
        public Source create(ScanSpec scan, ConnectorContext context) {
            Options options = new Options(scan.table().options(), OPTIONS);
            Run run = Run.named(options.text("run"));
            return new ScriptedSource(run.script(options.text("script")), run, scan);
        }
    }

    /** Format {@code changes}: says that a scripted table holds changes; nothing is encoded in it. */
    public static final class Changes extends Named {
        /** Called by the service loader. */
        public Changes() {
            super("changes", true);
        }
    }

    /** Format {@code events}: says that rows are only added to a scripted table. */
    public static final class Events extends Named {
        /** Called by the service loader. */
        public Events() {
            super("events", false);
        }
    }

    private abstract static class Named implements FormatFactory {
        private final String name;
        private final boolean changes;

        Named(String name, boolean changes) {
            this.name = name;
            this.changes = changes;
        }

        @Override
        public FormatDescriptor descriptor() {
            return new FormatDescriptor(name, "Rows made up for a test", true, true, changes, List.of(), List.of());
        }

        @Override
        public RecordDecoder decoder(
                Schema physical,
                List<ScanColumn> columns,
                ScanFilter filter,
                Options options,
                ConnectorContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public boolean bounded() {
        return false;
    }

    @Override
    public ChangelogMode changelog() {
        return switch (script.kind()) {
            case EVENTS, VERSIONS -> ChangelogMode.APPEND_ONLY;
            case KEYED, PLAIN, CHANGING_VERSIONS -> ChangelogMode.RETRACT;
        };
    }

    @Override
    public List<Split> discover(List<Split> known) {
        List<Split> splits = new ArrayList<>();
        for (int i = known.size(); i < script.splits().size(); i++) {
            splits.add(new Split("split-" + i, SplitPosition.at(0)));
        }
        return splits;
    }

    @Override
    public SplitReader reader(ConnectorContext context) {
        return new Reader(context);
    }

    @Override
    public void close() {}

    /** One split on its way. */
    private static final class Place {
        private final Split split;
        private final List<Script.Chunk> chunks;
        private int next;
        private long epoch = -1;

        Place(Split split, List<Script.Chunk> chunks) {
            this.split = split;
            this.chunks = chunks;
            this.next = (int) split.start().offset();
        }

        boolean isOver() {
            return next == chunks.size();
        }
    }

    private final class Reader implements SplitReader {
        private final ConnectorContext context;
        private final List<Place> places = new ArrayList<>();
        private int turn;

        Reader(ConnectorContext context) {
            this.context = context;
        }

        @Override
        public void add(List<Split> splits) {
            for (Split split : splits) {
                int index = Integer.parseInt(split.id().substring("split-".length()));
                places.add(new Place(split, script.splits().get(index)));
            }
        }

        @Override
        public @Nullable SplitRows poll(ToLongFunction<Split> watermarks, long waitNanos) {
            long epoch = run.epochs();
            for (int i = 0; i < places.size(); i++) {
                turn = (turn + 1) % places.size();
                Place place = places.get(turn);
                if (!place.isOver() && (!place.chunks.get(place.next).afterEpoch() || epoch > place.epoch)) {
                    return read(place, epoch);
                }
            }
            run.awaitEpochAfter(epoch, Math.min(waitNanos, 5_000_000));
            return null;
        }

        private SplitRows read(Place place, long epoch) {
            Script.Chunk chunk = place.chunks.get(place.next++);
            place.epoch = epoch;
            return new SplitRows(place.split, batch(chunk), SplitPosition.at(place.next), false, place.isOver());
        }

        private @Nullable Batch batch(Script.Chunk chunk) {
            if (chunk.changes().isEmpty()) {
                return null;
            }
            List<String> names =
                    script.columns().stream().map(Script.Column::name).toList();
            int time = script.kind().hasTime() ? names.size() - 1 : -1;
            try (BatchBuilder rows = new BatchBuilder(
                    scan.schema(), context.allocator(), chunk.changes().size())) {
                for (Script.Change change : chunk.changes()) {
                    for (int c = 0; c < scan.columns().size(); c++) {
                        int column = names.indexOf(scan.columns().get(c).label());
                        Object value = change.row().get(column);
                        if (value == null) {
                            rows.column(c).appendNull();
                        } else if (value instanceof Long number) {
                            rows.column(c).appendLong(column == time ? number * 1000 : number);
                        } else {
                            rows.column(c).appendText((String) value);
                        }
                    }
                    rows.endRow(change.kind().code());
                }
                return rows.finish();
            }
        }

        @Override
        public void wakeUp() {}

        @Override
        public void close() {}
    }
}
