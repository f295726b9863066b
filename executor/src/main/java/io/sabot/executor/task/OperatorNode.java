package io.sabot.executor.task;

import io.sabot.executor.batch.Batch;
import io.sabot.executor.exchange.Cancellation;
import io.sabot.executor.exchange.ExchangeWriter;
import io.sabot.executor.operator.Operator;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.operator.Output;
import io.sabot.executor.operator.Owned;
import io.sabot.executor.time.Barrier;
import io.sabot.executor.time.Watermark;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * An operator in its place in a task: where its rows go, and the watermarks of its inputs.
 *
 * <p>A failure that comes out of the operator gets the span of the SQL that the operator was made from.
 */
public final class OperatorNode implements AutoCloseable {
    private static final Operator NOT_OPEN = (input, batch, output) -> {
        batch.close();
        throw new IllegalStateException("not open");
    };

    private final OperatorOpener opener;
    private final OperatorContext context;
    private final Owned owned;
    private final SqlSpan span;
    private final WatermarkMerger merger;
    private final List<Edge> edges = new ArrayList<>();
    private final List<ExchangeWriter> exchanges = new ArrayList<>();
    private final Output output = new NodeOutput();
    private final LongAdder rowsIn;
    private final LongAdder rowsOut;
    private final LongAdder nanos;

    private Operator operator = NOT_OPEN;

    /** Time spent behind this node since its operator was called. */
    private long nestedNanos;

    private Runnable full = () -> {};
    private boolean ended;
    private boolean hadEnded;
    private boolean idle;

    private record Edge(OperatorNode target, int input) {}

    /**
     * An operator with this many inputs.
     *
     * @param owned where the context keeps what the operator opens; closed with the node
     */
    public OperatorNode(OperatorOpener opener, OperatorContext context, Owned owned, int inputs, SqlSpan span) {
        this.opener = opener;
        this.context = context;
        this.owned = owned;
        this.span = span;
        this.merger = new WatermarkMerger(inputs);
        this.rowsIn = context.counter("rows_in");
        this.rowsOut = context.counter("rows_out");
        this.nanos = context.counter("nanos");
    }

    /** Sends what this node emits also to an input of another node of the same task. */
    public void connect(OperatorNode target, int input) {
        edges.add(new Edge(target, input));
    }

    /** Sends what this node emits also to other tasks. */
    public void connect(ExchangeWriter exchange) {
        exchanges.add(owned.own(exchange));
    }

    /** Calls back when no further input can change what the operator has emitted. */
    public void onFull(Runnable newFull) {
        full = newFull;
    }

    /** The operator, once it is open. */
    public Operator operator() {
        return operator;
    }

    /** Name of the operator in its plan. */
    public String name() {
        return context.operatorName();
    }

    /** Where in the SQL the operator comes from. */
    SqlSpan span() {
        return span;
    }

    void open() {
        operator = opener.open(context);
        if (operator.isFull()) {
            full.run(); // it was when its state was kept
        }
    }

    /**
     * Tells the operator, and through it those behind it, of the watermark that it was restored with: they have not kept what
     * each of their inputs had told them, and an input that stays as it is would not tell them again.
     */
    void announceRestored() {
        if (passedEvent != Watermark.START) {
            try {
                operator.onWatermark(Watermark.event(passedEvent), output);
            } catch (SabotException e) {
                throw e.at(span);
            }
        }
    }

    void onBatch(int input, Batch batch) {
        rowsIn.add(batch.rowCount());
        if (idle) {
            setIdle(input, false);
        }
        long nested = nestedNanos;
        long begin = beginTimed();
        try {
            operator.onBatch(input, batch, output);
            if (operator.isFull()) {
                full.run();
            }
        } catch (SabotException e) {
            throw e.at(span);
        } finally {
            endTimed(begin, nested);
        }
    }

    private long beginTimed() {
        nestedNanos = 0;
        return System.nanoTime();
    }

    private void endTimed(long begin, long nestedBefore) {
        nanos.add(System.nanoTime() - begin - nestedNanos);
        nestedNanos = nestedBefore;
    }

    /** Notes what the state tables of the operator hold at its end. */
    void countState(long entries) {
        context.counter("state_entries").add(entries);
    }

    void onWatermark(int input, Watermark watermark) {
        if (watermark.millis() != Watermark.END) {
            setIdle(input, false);
        }
        if (merger.advance(input, watermark)) {
            passWatermarks();
        }
    }

    private long passedEvent = Watermark.START;
    private long passedProcessing = Watermark.START;

    private void passWatermarks() {
        long nested = nestedNanos;
        long begin = beginTimed();
        try {
            if (merger.event() > passedEvent) {
                passedEvent = merger.event();
                operator.onWatermark(Watermark.event(passedEvent), output);
            }
            if (merger.processing() > passedProcessing) {
                passedProcessing = merger.processing();
                operator.onWatermark(Watermark.processing(passedProcessing), output);
            }
        } catch (SabotException e) {
            throw e.at(span);
        } finally {
            endTimed(begin, nested);
        }
    }

    void setIdle(int input, boolean inputIdle) {
        if (merger.setIdle(input, inputIdle)) {
            passWatermarks();
        }
        tellIdle();
    }

    /** Those behind must not wait for a node that has only idle inputs left. */
    private void tellIdle() {
        boolean nowIdle = merger.allIdle();
        if (nowIdle != idle) {
            idle = nowIdle;
            if (operator instanceof SinkOperator sink) {
                sink.onIdle(nowIdle);
            }
            edges.forEach(edge -> edge.target.setIdle(edge.input, nowIdle));
            exchanges.forEach(exchange -> exchange.idle(nowIdle));
        }
    }

    void onInputEnd(int input) {
        if (merger.end(input)) {
            passWatermarks();
        }
        if (merger.allEnded()) {
            end();
        } else {
            tellIdle();
        }
    }

    private void end() {
        ended = true;
        if (!hadEnded) {
            endOperator();
        }
        edges.forEach(edge -> edge.target.onInputEnd(edge.input));
        exchanges.forEach(ExchangeWriter::end);
    }

    private void endOperator() {
        long nested = nestedNanos;
        long begin = beginTimed();
        try {
            if (passedEvent != Watermark.END) {
                passedEvent = Watermark.END;
                operator.onWatermark(Watermark.event(Watermark.END), output);
            }
            if (passedProcessing != Watermark.END) {
                passedProcessing = Watermark.END;
                operator.onWatermark(Watermark.processing(Watermark.END), output);
            }
            operator.onEnd(output);
        } catch (SabotException e) {
            throw e.at(span);
        } finally {
            endTimed(begin, nested);
        }
    }

    /** Whether every input has ended and the operator has emitted what was left. */
    boolean hasEnded() {
        return ended;
    }

    void onBarrier(Barrier barrier) {
        if (!ended) {
            try {
                operator.onBarrier(barrier, output);
            } catch (SabotException e) {
                throw e.at(span);
            }
        }
    }

    void passBarrier(Barrier barrier) {
        if (!ended) {
            exchanges.forEach(exchange -> exchange.barrier(barrier));
        }
    }

    /** The event watermark that the operator has seen, for a checkpoint. */
    public long eventWatermark() {
        return passedEvent;
    }

    /** What a checkpoint keeps of the watermark: {@link Watermark#END} only when the operator has come to its end. */
    long checkpointedWatermark() {
        return ended ? Watermark.END : Math.min(passedEvent, Watermark.END - 1);
    }

    /**
     * Starts from the watermark that a checkpoint kept; before the task runs. An operator that had come to its end in all
     * tasks has emitted everything, and is not told of its end again.
     */
    public void restoreWatermark(long eventMillis) {
        hadEnded = eventMillis == Watermark.END;
        if (!hadEnded) {
            passedEvent = eventMillis;
            merger.restore(eventMillis);
        }
    }

    @Override
    public void close() {
        owned.close();
    }

    private final class NodeOutput implements Output {
        @Override
        public void emit(Batch batch) {
            if (batch.rowCount() == 0) {
                batch.close();
                return;
            }
            rowsOut.add(batch.rowCount());
            int consumers = edges.size() + exchanges.size();
            if (consumers == 0) {
                batch.close();
                return;
            }
            for (int i = 1; i < consumers; i++) {
                batch.retain();
            }
            int handedOn = 0;
            long begin = System.nanoTime();
            try {
                for (Edge edge : edges) {
                    handedOn++;
                    edge.target.onBatch(edge.input, batch);
                }
                for (ExchangeWriter exchange : exchanges) {
                    handedOn++;
                    exchange.emit(batch);
                }
            } finally {
                nestedNanos += System.nanoTime() - begin;
                for (int i = handedOn; i < consumers; i++) {
                    batch.close();
                }
            }
        }

        @Override
        public void emit(Watermark watermark) {
            long begin = System.nanoTime();
            for (Edge edge : edges) {
                edge.target.onWatermark(edge.input, watermark);
            }
            for (ExchangeWriter exchange : exchanges) {
                exchange.emit(watermark);
            }
            nestedNanos += System.nanoTime() - begin;
        }
    }

    /** Whether a failure is only the echo of a cancelled job. */
    static boolean isCancellation(Throwable failure) {
        return failure instanceof Cancellation.CancelledException;
    }
}
