package io.sabot.executor.join;

import io.sabot.catalog.stream.TimeDomain;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.Column;
import io.sabot.executor.batch.Selection;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.Output;
import io.sabot.executor.state.LongCell;
import io.sabot.executor.state.RowLogSpec;
import io.sabot.executor.state.StateBound;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Joins append-only inputs whose times are close to each other. A row waits until the watermark says that no partner can
 * come in time; where rows without partner leave too (outer, anti), they leave then.
 *
 * <p>A late row looks for partners and waits like any other, as long as partners could be there; one that comes when none
 * can is put out alone at once, if at all. The watermark is passed on unchanged: the time columns of the result are behind
 * it by offsets that the plan knows. State is bounded by the watermark.
 */
public final class IntervalJoinOperator implements Operator {
    private static final int MAX_CANDIDATES = 8192;

    private final JoinSpec spec;
    private final int[] timeColumns;
    private final TimeDomain domain;
    private final IntervalBounds bounds;
    private final PairDecoder.Pairs candidates = new PairDecoder.Pairs();
    private final long[] expiredUntil = {Watermark.START, Watermark.START};
    private final Set<Long> matchedNow = new HashSet<>();
    private final List<JoinSide> sides;
    private final List<TimedRows> rows;
    private final List<DueRows> due;
    private final JoinWriter writer;
    private final LongCell savedWatermark;
    private int[] candidateRows = new int[256];
    private long[] candidateIds = new long[256];
    private boolean[] matched = new boolean[0];
    private long watermark = Watermark.START;

    /**
     * @param leftTime time column of the left input, 8-byte milliseconds
     * @param rightTime time column of the right input
     * @param domain of both; a row tells a processing time that is ahead of the clock's watermark
     */
    public IntervalJoinOperator(
            JoinSpec spec,
            int leftTime,
            int rightTime,
            TimeDomain domain,
            IntervalBounds bounds,
            OperatorContext context) {
        this.spec = spec;
        this.timeColumns = new int[] {leftTime, rightTime};
        this.domain = domain;
        this.bounds = bounds;
        JoinSide left = context.own(new JoinSide(spec, 0, context.allocator()));
        JoinSide right = context.own(new JoinSide(spec, 1, context.allocator()));
        RowLogSpec rows = new RowLogSpec(TimedRows.FIXED_BYTES, StateBound.WATERMARK);
        this.sides = List.of(left, right);
        this.rows = List.of(
                context.own(new TimedRows(context.state().rowLog("left", rows), left.keyLayout(), context.allocator())),
                context.own(
                        new TimedRows(context.state().rowLog("right", rows), right.keyLayout(), context.allocator())));
        this.due = List.of(new DueRows(bounds.span() / 16), new DueRows(bounds.span() / 16));
        this.writer = new JoinWriter(spec, context);
        this.savedWatermark = context.state().cell("watermark", Watermark.START, LongCell.Merge.MIN);
        advance(savedWatermark.get());
        for (int side = 0; side < 2; side++) {
            DueRows waiting = due.get(side);
            boolean waits = leavesUnmatched(side);
            long expired = expiredUntil[side];
            this.rows.get(side).restore((id, time, hasMatched) -> {
                // a log may still hold rows that have expired, and left
                if (waits && !hasMatched && time > expired) {
                    waiting.add(time, id);
                }
            });
        }
    }

    /** Whether rows of a side leave when they have found no partner. */
    private boolean leavesUnmatched(int side) {
        return spec.type() != JoinType.SEMI && spec.type().countsMatches(side);
    }

    @Override
    public void onBatch(int input, Batch batch, Output output) {
        try (batch) {
            if (!batch.isInsertOnly()) {
                throw new IllegalStateException("an interval join takes input that only grows");
            }
            JoinSide side = sides.get(input);
            side.begin(batch);
            Column times = batch.column(timeColumns[input]);
            if (times.hasNulls()) {
                throw SabotException.of(ErrorCode.NULL_NOT_ALLOWED, "the time of a row is NULL")
                        .why("a row without a time has no partners within an interval");
            }
            if (matched.length < batch.rowCount()) {
                matched = new boolean[batch.rowCount()];
            }
            Arrays.fill(matched, 0, batch.rowCount(), false);
            probe(input, side, times, output);
            keep(input, side, times, output);
        }
    }

    private void probe(int input, JoinSide side, Column times, Output output) {
        TimedRows others = rows.get(1 - input);
        others.find(side.keys());
        int rowCount = side.batch().rowCount();
        for (int row = 0; row < rowCount; row++) {
            long id = side.isMatchless(row) ? 0 : others.newest(row);
            long time = times.getLong(row);
            while (id != 0) {
                long address = others.log().find(id);
                if (address == 0) {
                    break;
                }
                long otherTime = others.log().time(address);
                boolean partners = input == 0 ? bounds.hold(time, otherTime) : bounds.hold(otherTime, time);
                if (partners && otherTime > expiredUntil[1 - input]) {
                    addCandidate(input, side, row, others, id, address);
                }
                id = TimedRows.before(address);
            }
            if (candidates.count() >= MAX_CANDIDATES) {
                take(input, side, output);
            }
        }
        take(input, side, output);
    }

    private void addCandidate(int input, JoinSide side, int row, TimedRows others, long id, long address) {
        if (candidates.count() == candidateRows.length) {
            candidateRows = Arrays.copyOf(candidateRows, candidates.count() * 2);
            candidateIds = Arrays.copyOf(candidateIds, candidates.count() * 2);
        }
        candidateRows[candidates.count()] = row;
        candidateIds[candidates.count()] = id;
        candidates.add(
                input,
                side.rowAddress(row),
                side.rowLength(row),
                others.log().rowAddress(address),
                others.log().rowLength(address));
    }

    /** Writes the candidates that meet the condition; only then are matches noted, since that may move rows. */
    private void take(int input, JoinSide side, Output output) {
        if (candidates.count() == 0) {
            return;
        }
        long lateBefore = side.batch().lateBefore();
        int other = 1 - input;
        TimedRows others = rows.get(other);
        boolean notes = spec.type().countsMatches(other);
        Selection passing = writer.passing(candidates);
        for (int i = 0; i < passing.count(); i++) {
            int pair = passing.indices()[i];
            matched[candidateRows[pair]] = true;
            boolean first = notes
                    && !TimedRows.hasMatched(others.log().find(candidateIds[pair]))
                    && matchedNow.add(candidateIds[pair]);
            if (spec.type().emitsPairs()) {
                writer.write(candidates, pair, lateBefore, output);
            } else if (spec.type() == JoinType.SEMI && other == 0 && first) {
                writer.writeAlone(0, candidates.addresses(0)[pair], candidates.lengths(0)[pair], 1, lateBefore, output);
            }
        }
        writer.flush(lateBefore, output);
        matchedNow.forEach(others::setMatched);
        matchedNow.clear();
        candidates.clear();
    }

    /** Keeps the rows of a batch that may still find partners; of the others, puts those out that leave alone. */
    private void keep(int input, JoinSide side, Column times, Output output) {
        TimedRows rows = this.rows.get(input);
        rows.beginAppend(side.keys());
        boolean waits = leavesUnmatched(input);
        boolean semi = spec.type() == JoinType.SEMI && input == 0;
        for (int row = 0; row < side.batch().rowCount(); row++) {
            long time = times.getLong(row);
            boolean hopeless = side.isMatchless(row) || time <= expiredUntil[input];
            if (semi ? matched[row] : waits && hopeless && !matched[row]) {
                writer.writeAlone(
                        input,
                        side.rowAddress(row),
                        side.rowLength(row),
                        1,
                        side.batch().lateBefore(),
                        output);
            }
            boolean done = matched[row] && !spec.type().emitsPairs() && input == 0;
            if (!hopeless && !done) {
                long id = rows.append(side.keys(), row, time, side.rowAddress(row), side.rowLength(row), matched[row]);
                if (waits && !matched[row]) {
                    due.get(input).add(time, id);
                }
            }
        }
        writer.flush(side.batch().lateBefore(), output);
    }

    private void advance(long millis) {
        watermark = Math.max(watermark, millis);
        expiredUntil[0] = bounds.expiredUntil(0, watermark);
        expiredUntil[1] = bounds.expiredUntil(1, watermark);
    }

    @Override
    public void onWatermark(Watermark newWatermark, Output output) {
        if (newWatermark.domain() == domain) {
            expire(newWatermark.millis(), output);
        }
        output.emit(newWatermark);
    }

    private void expire(long millis, Output output) {
        advance(millis);
        for (int side = 0; side < 2; side++) {
            TimedRows rows = this.rows.get(side);
            if (leavesUnmatched(side)) {
                writeUnmatched(side, rows, output);
            }
            rows.expire(expiredUntil[side]);
        }
    }

    private void writeUnmatched(int side, TimedRows rows, Output output) {
        long until = expiredUntil[side];
        due.get(side).take(until, id -> {
            long address = rows.log().find(id);
            if (address == 0 || TimedRows.hasMatched(address)) {
                return true;
            }
            if (rows.log().time(address) > until) {
                return false;
            }
            writer.writeAlone(
                    side, rows.log().rowAddress(address), rows.log().rowLength(address), 1, Batch.NOT_LATE, output);
            return true;
        });
        writer.flush(Batch.NOT_LATE, output);
    }

    @Override
    public void onBarrier(Barrier barrier, Output output) {
        savedWatermark.set(watermark);
    }

    @Override
    public void onEnd(Output output) {
        expire(Watermark.END, output);
    }
}
