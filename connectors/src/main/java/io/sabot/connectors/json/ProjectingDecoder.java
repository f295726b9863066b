package io.sabot.connectors.json;

import io.sabot.connectors.record.Wanted;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.connector.BadRecord;
import io.sabot.executor.connector.RecordDecoder;
import io.sabot.executor.connector.ScanFilter;
import org.jspecify.annotations.Nullable;

/**
 * Decodes straight from memory, only what the scan wants, with the filter tested on the way; each record with anything
 * unusual in it goes to the full decoder.
 *
 * <p>What stands behind the last wanted field is not read; of it is only checked that it can be the end of a record. A
 * record that is broken there passes, unless option {@code sabot.validate} forbids it.
 */
final class ProjectingDecoder implements RecordDecoder {
    private final JacksonDecoder full;
    private final ObjectPlan plan;
    private final RecordScanner scanner;
    private final ColumnBuilder[] targets;
    private long odd;

    /** Whether this decoder can do what is asked. */
    static boolean supports(Wanted tree) {
        return tree.fields().values().stream()
                .allMatch(field -> field.isColumn() ? Leaf.isScannable(field) : supports(field));
    }

    ProjectingDecoder(JacksonDecoder full, Wanted tree, ScanFilter filter, JsonOptions options) {
        this.full = full;
        this.plan = new ObjectPlan(tree, filter);
        this.scanner = new RecordScanner(plan, options, filter);
        this.targets = new ColumnBuilder[plan.leaves.length];
    }

    @Override
    public void decode(
            long[] starts,
            int[] lengths,
            int from,
            int to,
            BatchBuilder rows,
            int firstColumn,
            boolean endRows,
            int @Nullable [] rowsOf)
            throws BadRecord {
        full.bind(rows, firstColumn);
        for (int i = 0; i < targets.length; i++) {
            targets[i] = rows.column(firstColumn + i);
        }
        for (Leaf leaf : plan.leaves) {
            leaf.bind(targets[leaf.column]);
        }
        int row = targets.length == 0 ? 0 : targets[0].rowCount();
        for (int record = from; record < to; record++) {
            int count = decodeRecord(starts[record], lengths[record], record, row);
            row += count;
            if (rowsOf != null) {
                rowsOf[record] = count;
            }
            for (int i = 0; endRows && i < count; i++) {
                rows.endRow();
            }
        }
    }

    private int decodeRecord(long start, int length, int record, int row) throws BadRecord {
        return switch (scanner.scan(start, length, row)) {
            case ROW -> 1;
            case DROPPED -> {
                takeBack(row);
                yield 0;
            }
            case ODD -> {
                takeBack(row);
                odd++;
                yield full.decodeRecord(start, length, record);
            }
        };
    }

    private void takeBack(int row) {
        for (ColumnBuilder target : targets) {
            target.truncate(row);
        }
    }

    /** How many records the full decoder had to read. */
    long odd() {
        return odd;
    }

    @Override
    public long skipped() {
        return full.skipped();
    }

    @Override
    public void close() {
        full.close();
    }
}
