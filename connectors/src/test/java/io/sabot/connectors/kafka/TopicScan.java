package io.sabot.connectors.kafka;

import static java.util.Objects.requireNonNull;

import io.sabot.catalog.Column;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.connectors.TestContext;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchText;
import io.sabot.executor.connector.ScanFilter;
import io.sabot.executor.connector.ScanSpec;
import io.sabot.executor.connector.Source;
import io.sabot.executor.connector.Split;
import io.sabot.executor.connector.SplitPosition;
import io.sabot.executor.connector.SplitReader;
import io.sabot.executor.connector.SplitRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A table over a topic with columns {@code id BIGINT, text STRING}, and a scan of it as a job would do it. */
final class TopicScan {
    static final ScanColumn ID = new ScanColumn.Physical(List.of("id"), AtomicType.BIGINT);
    static final ScanColumn TEXT = new ScanColumn.Physical(List.of("text"), AtomicType.STRING);
    private static final long WAIT_NANOS = 50_000_000;

    private final TestContext context;
    private final Map<String, String> options = new LinkedHashMap<>();
    private List<ScanColumn> columns = List.of(ID);
    private boolean ends = true;

    /** Rows of each split as they came, and where its reading stands. */
    record Result(List<String> rows, Map<String, SplitRows> last, List<Split> splits) {
        SplitPosition position(String split) {
            return requireNonNull(last.get(split)).next();
        }

        boolean atEnd(String split) {
            return requireNonNull(last.get(split)).atEnd();
        }
    }

    TopicScan(TestContext context, String servers, String topic) {
        this.context = context;
        options.put("connector", "kafka");
        options.put("topic", topic);
        options.put("properties.bootstrap.servers", servers);
        options.put("format", "json");
    }

    TopicScan with(String key, String value) {
        options.put(key, value);
        return this;
    }

    TopicScan without(String key) {
        options.remove(key);
        return this;
    }

    TopicScan columns(ScanColumn... read) {
        columns = List.of(read);
        return this;
    }

    /** Reads as a job does, not as a plain SELECT. */
    TopicScan goesOn() {
        ends = false;
        return this;
    }

    static ScanColumn metadata(String key, DataType type) {
        return new ScanColumn.Metadata(key, type);
    }

    Table table() {
        return new Table(
                new ObjectName("c", "d", "t"),
                TableKind.TABLE,
                List.of(
                        new Column.Physical("id", AtomicType.BIGINT, ""),
                        new Column.Physical("text", AtomicType.STRING, "")),
                List.of(),
                Optional.empty(),
                List.of(),
                options,
                "",
                false);
    }

    ScanSpec spec() {
        return new ScanSpec(table(), columns, ScanFilter.NONE, ends);
    }

    Source source() {
        return new KafkaFactory().create(spec(), context);
    }

    /** Reads everything to the end. */
    Result read() {
        return read(List.of());
    }

    /** Reads on from these splits to the end. */
    Result read(List<Split> known) {
        try (Source source = source()) {
            List<Split> splits = new ArrayList<>(known);
            splits.addAll(source.discover(known));
            return read(
                    source,
                    splits,
                    result -> result.last().size() == splits.size()
                            && result.last().values().stream().allMatch(SplitRows::ended));
        }
    }

    /** Reads these splits until the condition holds. */
    Result read(Source source, List<Split> splits, Predicate<Result> until) {
        Result result = new Result(new ArrayList<>(), new HashMap<>(), splits);
        try (SplitReader reader = source.reader(context)) {
            reader.add(splits);
            readOn(reader, result, until);
        }
        return result;
    }

    void readOn(SplitReader reader, Result result, Predicate<Result> until) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!until.test(result)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing more came; " + result);
            }
            SplitRows rows = reader.poll(split -> 0, WAIT_NANOS);
            if (rows != null) {
                result.last.put(rows.split().id(), rows);
                Batch batch = rows.rows();
                if (batch != null) {
                    try (batch) {
                        result.rows.addAll(BatchText.rows(batch, spec().schema()));
                    }
                }
            }
        }
    }
}
