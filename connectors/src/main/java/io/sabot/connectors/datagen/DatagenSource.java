package io.sabot.connectors.datagen;

import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import io.sabot.executor.connector.ConnectorContext;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Rows 0, 1, 2, … in as many splits as there are tasks. Where their number is known a split is a range of them, else every
 * n-th. The position of a split is the count of its rows.
 */
final class DatagenSource implements Source {
    private final ScanSpec scan;
    private final Options options;
    private final long rowCount;
    private final long rowsPerSecond;
    private final long seed;
    private final int splits;

    DatagenSource(ScanSpec scan, Options options, ConnectorContext context) {
        this.scan = scan;
        this.options = options;
        Map<String, DataType> fields = new LinkedHashMap<>();
        scan.table().physicalSchema().fields().forEach(field -> collect("", field, fields));
        FieldOptions.check(scan.table().options(), fields.keySet());
        this.rowCount = rowCount(fields);
        this.rowsPerSecond = Math.max(1, options.longInteger("rows-per-second"));
        this.seed = options.find("sabot.seed")
                .map(text -> Long.parseLong(text.trim()))
                .orElseGet(() -> new SplittableRandom().nextLong());
        long tasks = options.find("scan.parallelism").isPresent()
                ? Math.min(context.parallelism(), options.longInteger("scan.parallelism"))
                : context.parallelism();
        this.splits = (int) Math.max(1, Math.min(tasks, rowCount));
        generators(context);
    }

    private static void collect(String prefix, Field field, Map<String, DataType> fields) {
        String name = prefix + field.name();
        fields.put(name, field.type());
        if (field.type() instanceof RowType row) {
            row.fields().forEach(inner -> collect(name + ".", inner, fields));
        }
    }

    /** The source ends with the shortest sequence; {@link Long#MAX_VALUE} when nothing ends it. */
    private long rowCount(Map<String, DataType> fields) {
        long count = options.find("number-of-rows").isPresent()
                ? Math.max(0, options.longInteger("number-of-rows"))
                : Long.MAX_VALUE;
        for (String name : fields.keySet()) {
            FieldOptions field = new FieldOptions(name, options);
            if (field.isSequence()) {
                long start = field.bound("start");
                long end = field.bound("end");
                // A range of more than half of all numbers has no length that is a long
                long length = end - start < 0 ? Long.MAX_VALUE - 1 : end - start + 1;
                count = Math.min(count, end < start ? 0 : length);
            }
        }
        return count;
    }

    /** A generator for each column of the scan. */
    List<ValueGenerator> generators(ConnectorContext context) {
        List<ValueGenerator> generators = new ArrayList<>();
        for (ScanColumn column : scan.columns()) {
            ScanColumn.Physical physical = (ScanColumn.Physical) column;
            generators.add(ValueGenerator.of(physical.path(), scan.table().physicalSchema(), options, context.clock()));
        }
        return generators;
    }

    ScanSpec scan() {
        return scan;
    }

    CellRandom random() {
        return new CellRandom(seed);
    }

    /** Rows of a split. */
    long rowsOf(Split split) {
        int index = index(split);
        int of = of(split);
        return rowCount == Long.MAX_VALUE ? rowCount : first(index + 1, of) - first(index, of);
    }

    /** Number of the row that is the {@code count}-th of a split, counted from 0. */
    long row(Split split, long count) {
        int index = index(split);
        int of = of(split);
        return rowCount == Long.MAX_VALUE ? index + count * of : first(index, of) + count;
    }

    private long first(int index, int of) {
        return rowCount / of * index + Math.min(index, rowCount % of);
    }

    long rowsPerSecond(Split split) {
        return Math.max(1, rowsPerSecond / of(split));
    }

    private static int index(Split split) {
        return Integer.parseInt(split.id().substring(0, split.id().indexOf('/')));
    }

    private static int of(Split split) {
        return Integer.parseInt(split.id().substring(split.id().indexOf('/') + 1));
    }

    @Override
    public boolean bounded() {
        return rowCount != Long.MAX_VALUE;
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND_ONLY;
    }

    @Override
    public List<Split> discover(List<Split> known) {
        List<Split> found = new ArrayList<>();
        for (int i = 0; known.isEmpty() && i < splits; i++) {
            found.add(new Split(i + "/" + splits, SplitPosition.at(0)));
        }
        return found;
    }

    @Override
    public SplitReader reader(ConnectorContext context) {
        return new DatagenReader(this, context);
    }

    @Override
    public void close() {}
}
