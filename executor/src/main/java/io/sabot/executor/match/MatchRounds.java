package io.sabot.executor.match;

import io.sabot.catalog.type.DataType;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyEncoder;
import io.sabot.parser.error.SabotException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/**
 * Takes ordered rows through the automata of their partitions. A batch is cut into rounds of one row a partition: the
 * conditions that look at rows taken before are computed for all runs of a round at once.
 */
final class MatchRounds {
    private final MatchSpec spec;
    private final PartitionStore partitions;
    private final @Nullable MatchTimers timers;
    private final KeyEncoder keys;
    private final int[] keyColumns;
    private final KeyEncoder rowEncoder;
    private final int[] featureColumns;
    private final OperatorContext context;
    private final TermRows[] conditions;
    private final int[][] askers;
    private final int[] askerCounts;
    private final TermRows matches;
    private final int[] aloneColumns;
    private final long anyRow;
    /** Whether a condition failed on some row of the batch: then it is computed only for rows that are asked for. */
    private boolean aloneFailed;

    private long[] verdicts = new long[64];
    private int verdictCount;

    MatchRounds(
            MatchSpec spec,
            PartitionStore partitions,
            @Nullable MatchTimers timers,
            KeyEncoder keys,
            List<DataType> features,
            OperatorContext context) {
        this.spec = spec;
        this.partitions = partitions;
        this.timers = timers;
        this.keys = keys;
        this.keyColumns = spec.keys().stream().mapToInt(Integer::intValue).toArray();
        this.rowEncoder = context.own(KeyEncoder.ofRows(context.allocator(), features));
        this.featureColumns = new int[features.size()];
        Arrays.setAll(featureColumns, column -> column);
        this.context = context;
        int count = spec.variables().size();
        this.conditions = new TermRows[count];
        this.askers = new int[count][16];
        this.askerCounts = new int[count];
        this.aloneColumns = new int[count];
        long any = 0;
        for (int v = 0; v < count; v++) {
            MatchSpec.Variable variable = spec.variables().get(v);
            conditions[v] = context.own(new TermRows(variable.terms(), features, context.allocator()));
            aloneColumns[v] = variable.alone();
            any |= variable.condition() == null ? 1L << v : 0;
        }
        this.anyRow = any;
        this.matches = context.own(new TermRows(spec.outputTerms(), features, context.allocator()));
    }

    /** Takes rows, in order, through the automata; the batch stays with the caller. */
    void process(Batch batch, Output output) {
        if (batch.rowCount() == 0) {
            return;
        }
        KeyBatch partitionKeys = keys.encode(batch, keyColumns);
        Partition[] found = partitions.find(partitionKeys);
        try (Batch features = project(batch);
                Alone alone = new Alone(batch)) {
            KeyBatch rows = rowEncoder.encode(features, featureColumns);
            int[] order = new int[batch.rowCount()];
            int[] ends = rounds(found, order);
            int from = 0;
            for (int end : ends) {
                round(batch, found, order, from, end, rows, alone);
                from = end;
                if (matches.count() >= context.batchRows()) {
                    flush(output);
                }
            }
            setTimers(found, partitionKeys);
            // matches refer to no bytes of this batch, but runs are soon written away
            flush(output);
        } catch (SabotException e) {
            throw e.at(spec.span());
        }
        partitions.trim();
    }

    private Batch project(Batch batch) {
        List<FieldVector> vectors = spec.features().project(batch, null, context.allocator());
        return Batch.of(vectors, batch.rowCount());
    }

    /** Puts rows in rounds, each with one row of a partition at most; gives the end of each round in {@code order}. */
    private int[] rounds(Partition[] found, int[] order) {
        for (Partition partition : found) {
            partition.round = -1;
        }
        int last = 0;
        int[] itsRound = new int[order.length];
        for (int row = 0; row < order.length; row++) {
            itsRound[row] = ++found[row].round;
            last = Math.max(last, itsRound[row]);
        }
        int[] starts = new int[last + 2];
        for (int r : itsRound) {
            starts[r + 1]++;
        }
        for (int r = 1; r < starts.length; r++) {
            starts[r] += starts[r - 1];
        }
        int[] next = starts.clone();
        for (int row = 0; row < order.length; row++) {
            order[next[itsRound[row]]++] = row;
        }
        return Arrays.copyOfRange(starts, 1, starts.length);
    }

    private void round(Batch batch, Partition[] found, int[] order, int from, int end, KeyBatch rows, Alone alone) {
        verdictCount = 0;
        for (int i = from; i < end; i++) {
            int row = order[i];
            Partition partition = found[row];
            partition.advance(MatchOperator.millis(spec, batch, row), this::match);
            long known = alone.verdict(row);
            for (Run run : partition.runs()) {
                ask(run, known, rows.address(row), rows.length(row));
            }
        }
        for (int v = 0; v < conditions.length; v++) {
            answer(v);
        }
        int verdict = 0;
        for (int i = from; i < end; i++) {
            int row = order[i];
            Partition partition = found[row];
            int runs = partition.runCount();
            partition.step(
                    MatchOperator.millis(spec, batch, row),
                    () -> bytes(rows.address(row), rows.length(row)),
                    verdicts,
                    verdict,
                    this::match);
            verdict += runs;
        }
    }

    private static byte[] bytes(long address, int length) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return bytes;
    }

    /** Notes which conditions must be computed for a run and a row. */
    private void ask(Run run, long known, long row, int rowLength) {
        if (verdictCount == verdicts.length) {
            verdicts = Arrays.copyOf(verdicts, verdictCount * 2);
        }
        long asked = spec.graph().asked(run.state());
        verdicts[verdictCount] = known & asked;
        for (long left = asked; left != 0; left &= left - 1) {
            int variable = Long.numberOfTrailingZeros(left);
            if (isOpen(variable)) {
                conditions[variable].add(run.last(), variable, row, rowLength);
                if (askerCounts[variable] == askers[variable].length) {
                    askers[variable] = Arrays.copyOf(askers[variable], askerCounts[variable] * 2);
                }
                askers[variable][askerCounts[variable]++] = verdictCount;
            }
        }
        verdictCount++;
    }

    /** Whether a condition is not decided by the row alone. */
    private boolean isOpen(int variable) {
        return (aloneColumns[variable] < 0 || aloneFailed) && (anyRow >> variable & 1) == 0;
    }

    private void answer(int variable) {
        if (askerCounts[variable] == 0) {
            return;
        }
        Predicate condition =
                Objects.requireNonNull(spec.variables().get(variable).condition());
        try (Batch terms = conditions[variable].batch()) {
            Selection passing = condition.select(terms);
            for (int i = 0; i < passing.count(); i++) {
                verdicts[askers[variable][passing.indices()[i]]] |= 1L << variable;
            }
        }
        askerCounts[variable] = 0;
    }

    private void match(Run match) {
        matches.add(Objects.requireNonNull(match.last()));
    }

    /** Looks through partitions whose runs may have become too long. */
    void advance(KeyBatch partitionKeys, long time, Output output) {
        Partition[] found = partitions.find(partitionKeys);
        for (Partition partition : found) {
            partition.timer = Long.MAX_VALUE;
            partition.changed = true;
            partition.advance(time, this::match);
        }
        setTimers(found, partitionKeys);
        flush(output);
        partitions.trim();
    }

    private void setTimers(Partition[] found, KeyBatch partitionKeys) {
        if (timers == null) {
            return;
        }
        for (int i = 0; i < found.length; i++) {
            Partition partition = found[i];
            if (partition.timer == Long.MAX_VALUE && partition.earliest() != Long.MAX_VALUE) {
                partition.timer = partition.earliest() + spec.within();
                partition.changed = true;
                timers.set(partition.timer, partitionKeys, i);
            }
        }
    }

    /** Puts the matches found so far out. */
    void flush(Output output) {
        while (matches.count() > 0) {
            Batch result;
            try (Batch terms = matches.batch()) {
                List<FieldVector> vectors = spec.output().project(terms, null, context.allocator());
                result = Batch.of(vectors, terms.rowCount());
            } catch (SabotException e) {
                throw e.at(spec.span());
            }
            output.emit(result);
        }
    }

    /** What each row of a batch is by itself. */
    private final class Alone implements AutoCloseable {
        private final List<FieldVector> vectors;
        private final List<Column> columns = new ArrayList<>();

        Alone(Batch batch) {
            vectors = compute(batch);
            vectors.forEach(vector -> columns.add(new Column(vector)));
        }

        private List<FieldVector> compute(Batch batch) {
            try {
                aloneFailed = false;
                return spec.alone().project(batch, null, context.allocator());
            } catch (SabotException e) {
                aloneFailed = true;
                return List.of();
            }
        }

        /** The variables that could take a row, of those whose condition looks at nothing else. */
        long verdict(int row) {
            long verdict = anyRow;
            for (int v = 0; v < aloneColumns.length; v++) {
                if (aloneColumns[v] >= 0 && !aloneFailed) {
                    Column column = columns.get(aloneColumns[v]);
                    verdict |= !column.isNull(row) && column.getBoolean(row) ? 1L << v : 0;
                }
            }
            return verdict;
        }

        @Override
        public void close() {
            vectors.forEach(FieldVector::close);
        }
    }
}
