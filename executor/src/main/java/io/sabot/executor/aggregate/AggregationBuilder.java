package io.sabot.executor.aggregate;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.executor.aggregate.Aggregation.DistinctSpec;
import io.sabot.executor.aggregate.Aggregation.ExtremeSpec;
import io.sabot.executor.aggregate.RowSlot.Member;
import io.sabot.executor.aggregate.TextChoice.Choice;
import io.sabot.executor.batch.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;

/** Lays the accumulators of some aggregates out in one record. */
final class AggregationBuilder {
    private final boolean retracting;
    private final List<RowSlot> slots = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();
    private final List<Result> partials = new ArrayList<>();
    private final List<DistinctSpec> distincts = new ArrayList<>();
    private final List<ExtremeSpec> extremes = new ArrayList<>();
    private final BufferAllocator allocator;
    private final TextSlots texts;
    private final List<Runnable> owned = new ArrayList<>();
    private int bytes;

    AggregationBuilder(boolean retracting, BufferAllocator allocator) {
        this.retracting = retracting;
        this.allocator = allocator;
        this.texts = new TextSlots(allocator);
        owned.add(texts::close);
    }

    Aggregation ofRows(List<AggregateSpec> specs) {
        RowSlot allRows = addSlot(List.of(), -1, -1, -1);
        for (AggregateSpec spec : specs) {
            addCall(
                    spec,
                    slotOf(spec),
                    spec.arguments().isEmpty() ? -1 : spec.arguments().get(0),
                    false);
        }
        partials.add(Results.ofCount(allRows.countOffset()));
        return build();
    }

    Aggregation ofPartials(List<AggregateSpec> specs, int firstColumn) {
        int rowsColumn = firstColumn + Aggregation.partialColumns(specs);
        RowSlot allRows = addSlot(List.of(), -1, -1, rowsColumn);
        int column = firstColumn;
        for (AggregateSpec spec : specs) {
            if (isExtreme(spec) ? retracting : spec.distinct()) {
                throw new IllegalArgumentException(spec + " cannot be split into phases");
            }
            boolean counted = !isExtreme(spec) && spec.function() != AggregateFunction.USER;
            int countColumn = column + spec.partialColumns() - 1;
            addCall(
                    spec,
                    counted ? addSlot(List.of(), -1, -1, countColumn) : addSlot(List.of(column), -1, -1, -1),
                    column,
                    true);
            column += spec.partialColumns();
        }
        partials.add(Results.ofCount(allRows.countOffset()));
        return build();
    }

    private Aggregation build() {
        int groupNumber = distincts.isEmpty() ? -1 : reserve(8);
        return new Aggregation(
                slots, results, partials, bytes, groupNumber, texts.slotCount() > 0, distincts, extremes, owned);
    }

    private int reserve(int size) {
        int offset = bytes;
        bytes += size;
        return offset;
    }

    private RowSlot addSlot(List<Integer> arguments, int filter, int distinct, int countColumn) {
        RowSlot slot = RowSlot.of(reserve(8), arguments, filter, distinct, countColumn);
        slots.add(slot);
        return slot;
    }

    private RowSlot slotOf(AggregateSpec spec) {
        List<Integer> nullable = new ArrayList<>();
        for (int i = 0; i < spec.arguments().size(); i++) {
            boolean kept = spec.keepNulls() && (i > 0 || spec.function() != AggregateFunction.JSON_OBJECTAGG);
            if (spec.argumentTypes().get(i).nullable() && !kept) {
                nullable.add(spec.arguments().get(i));
            }
        }
        if (spec.function() == AggregateFunction.SINGLE_VALUE) {
            return addSlot(nullable, spec.filter(), -1, -1);
        }
        int distinct = spec.distinct() && !isExtreme(spec) ? distinctOf(spec) : -1;
        for (RowSlot slot : slots) {
            if (slot.sameRows(nullable, spec.filter(), distinct)) {
                return slot;
            }
        }
        return addSlot(nullable, spec.filter(), distinct, -1);
    }

    private static boolean isExtreme(AggregateSpec spec) {
        return spec.function() == AggregateFunction.MIN || spec.function() == AggregateFunction.MAX;
    }

    private int distinctOf(AggregateSpec spec) {
        int at = 0;
        while (at < distincts.size()
                && !(distincts.get(at).arguments().equals(spec.arguments())
                        && distincts.get(at).keepNulls() == spec.keepNulls())) {
            at++;
        }
        if (at == distincts.size()) {
            distincts.add(
                    new DistinctSpec(spec.arguments(), spec.argumentTypes(), spec.keepNulls(), new ArrayList<>()));
        }
        List<Integer> filters = distincts.get(at).filters();
        if (!filters.contains(spec.filter())) {
            filters.add(spec.filter());
        }
        return at;
    }

    private void addCall(AggregateSpec spec, RowSlot slot, int column, boolean partial) {
        switch (spec.function()) {
            case COUNT -> {
                results.add(Results.ofCount(slot.countOffset()));
                partials.add(Results.ofCount(slot.countOffset()));
            }
            case SUM, SUM0, AVG -> addSum(spec, slot, column, partial);
            case MIN, MAX -> addExtreme(spec, slot, column);
            case STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> addDeviation(spec, slot, column, partial);
            case FIRST_VALUE, LAST_VALUE -> {
                if (retracting) {
                    addList(spec, slot);
                } else {
                    addPick(spec, slot, column);
                }
            }
            case SINGLE_VALUE -> addSingle(spec, slot, column);
            case LISTAGG, ARRAY_AGG, COLLECT, JSON_ARRAYAGG, JSON_OBJECTAGG -> addList(spec, slot);
            case PERCENTILE -> addPercentile(spec, slot);
            case USER -> addUser(spec, slot, column, partial);
        }
    }

    private void addSum(AggregateSpec spec, RowSlot slot, int column, boolean partial) {
        AtomicType type = (AtomicType) spec.argumentTypes().get(0);
        Storage storage = Storage.of(type);
        boolean average = spec.function() == AggregateFunction.AVG;
        boolean zero = spec.function() == AggregateFunction.SUM0;
        int count = slot.countOffset();
        switch (storage) {
            case DECIMAL128 -> {
                DecimalSum sum = new DecimalSum(reserve(DecimalSum.BYTES));
                slot.members().add(new Member(sum, column));
                int scale = ((AtomicType) spec.resultType()).scale();
                results.add(
                        average ? Results.ofAverage(sum, count, type.scale(), scale) : Results.ofSum(sum, count, zero));
                partials.add(Results.ofPartialSum(sum));
            }
            case FLOAT32, FLOAT64 -> {
                FloatSum sum = new FloatSum(
                        reserve(FloatSum.bytes(retracting)), partial ? Storage.FLOAT64 : storage, retracting);
                slot.members().add(new Member(sum, column));
                results.add(average ? Results.ofAverage(sum, count) : Results.ofSum(sum, count, zero));
                partials.add(Results.ofSum(sum, count, true));
            }
            default -> {
                WholeSum sum = new WholeSum(reserve(WholeSum.BYTES), partial ? Storage.INT64 : storage);
                slot.members().add(new Member(sum, column));
                results.add(average ? Results.ofAverage(sum, count) : Results.ofSum(sum, count, zero));
                partials.add(Results.ofSum(sum, count, true));
            }
        }
        partials.add(Results.ofCount(count));
    }

    private void addExtreme(AggregateSpec spec, RowSlot slot, int column) {
        DataType type = spec.argumentTypes().get(0);
        Storage storage = Storage.of(type);
        boolean greatest = spec.function() == AggregateFunction.MAX;
        int count = slot.countOffset();
        Result result;
        if (retracting) {
            int textSlot = storage == Storage.BYTES ? texts.add() : -1;
            ExtremeCell cell = new ExtremeCell(reserve(ExtremeCell.bytes(storage)), storage, texts, textSlot);
            extremes.add(new ExtremeSpec(column, type, greatest, slot, cell));
            result = cell.result(count);
        } else if (storage == Storage.BYTES) {
            int textSlot = texts.add();
            slot.members()
                    .add(new Member(
                            new TextChoice(texts, textSlot, greatest ? Choice.GREATEST : Choice.LEAST), column));
            result = Results.ofText(texts, textSlot, count);
        } else if (storage == Storage.DECIMAL128) {
            DecimalExtreme extreme = new DecimalExtreme(reserve(DecimalExtreme.BYTES), greatest);
            slot.members().add(new Member(extreme, column));
            result = Results.ofExtreme(extreme, count);
        } else {
            FixedExtreme extreme = new FixedExtreme(reserve(FixedExtreme.BYTES), storage, greatest);
            slot.members().add(new Member(extreme, column));
            result = Results.ofExtreme(extreme, count);
        }
        results.add(result);
        partials.add(result);
    }

    private void addDeviation(AggregateSpec spec, RowSlot slot, int column, boolean partial) {
        AtomicType type = (AtomicType) spec.argumentTypes().get(0);
        PowerSums sums =
                new PowerSums(reserve(PowerSums.bytes(retracting)), Storage.of(type), type.scale(), retracting);
        if (partial) {
            slot.members().add(new Member(sums.sum(), column));
            slot.members().add(new Member(sums.squares(), column + 1));
        } else {
            slot.members().add(new Member(sums, column));
        }
        boolean sample =
                spec.function() == AggregateFunction.STDDEV_SAMP || spec.function() == AggregateFunction.VAR_SAMP;
        boolean root =
                spec.function() == AggregateFunction.STDDEV_SAMP || spec.function() == AggregateFunction.STDDEV_POP;
        int scale = ((AtomicType) spec.resultType()).scale();
        results.add(Results.ofDeviation(sums, slot.countOffset(), sample, root, scale));
        partials.add((records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                out.appendDouble(sums.sum(records[i]));
            }
        });
        partials.add((records, count, tails, out) -> {
            for (int i = 0; i < count; i++) {
                out.appendDouble(sums.squares(records[i]));
            }
        });
        partials.add(Results.ofCount(slot.countOffset()));
    }

    private void addList(AggregateSpec spec, RowSlot slot) {
        boolean multiset = spec.function() == AggregateFunction.COLLECT;
        List<DataType> types = spec.argumentTypes();
        ListCell list = new ListCell(texts, texts.add(), spec.arguments(), types, multiset, allocator);
        owned.add(list::close);
        slot.members().add(new Member(list, spec.arguments().get(0)));
        results.add(
                switch (spec.function()) {
                    case ARRAY_AGG -> ListResults.ofArray(list, types);
                    case COLLECT -> ListResults.ofMultiset(list, types);
                    case FIRST_VALUE -> ListResults.ofPick(list, types, false);
                    case LAST_VALUE, SINGLE_VALUE -> ListResults.ofPick(list, types, true);
                    case LISTAGG -> ListResults.ofTexts(list, types.size() > 1, scratch());
                    case JSON_ARRAYAGG -> ListResults.ofJsonArray(list, scratch());
                    case JSON_OBJECTAGG -> ListResults.ofJsonObject(list);
                    default -> throw new AssertionError(spec);
                });
    }

    private ByteList scratch() {
        ByteList scratch = new ByteList(allocator);
        owned.add(scratch::close);
        return scratch;
    }

    private void addPercentile(AggregateSpec spec, RowSlot slot) {
        PercentileCell cell = new PercentileCell(texts, texts.add(), spec.arguments(), spec.argumentTypes(), allocator);
        owned.add(cell::close);
        slot.members().add(new Member(cell, spec.arguments().get(0)));
        results.add(cell.result());
    }

    private void addUser(AggregateSpec spec, RowSlot slot, int column, boolean partial) {
        UserCell cell = new UserCell(
                texts,
                texts.add(),
                Objects.requireNonNull(spec.java()),
                spec.arguments(),
                spec.argumentTypes(),
                allocator);
        owned.add(cell::close);
        slot.members().add(new Member(partial ? cell.ofPartials() : cell, column));
        results.add(cell.result(spec.resultType()));
        partials.add(cell.partial());
    }

    private void addPick(AggregateSpec spec, RowSlot slot, int column) {
        Storage storage = Storage.of(spec.argumentTypes().get(0));
        boolean last = spec.function() == AggregateFunction.LAST_VALUE;
        if (storage == Storage.BYTES) {
            int textSlot = texts.add();
            slot.members().add(new Member(new TextChoice(texts, textSlot, last ? Choice.LAST : Choice.FIRST), column));
            results.add(Results.ofText(texts, textSlot, slot.countOffset()));
        } else if (isNested(storage)) {
            addNestedPick(spec, slot, column, last);
        } else {
            FixedPick pick = new FixedPick(reserve(FixedPick.bytes(storage)), storage, last);
            slot.members().add(new Member(pick, column));
            results.add(Results.ofPick(pick));
        }
    }

    private static boolean isNested(Storage storage) {
        return storage == Storage.STRUCT || storage == Storage.LIST || storage == Storage.MAP;
    }

    private void addNestedPick(AggregateSpec spec, RowSlot slot, int column, boolean last) {
        NestedPick pick =
                new NestedPick(texts, texts.add(), last, spec.argumentTypes().get(0), allocator);
        owned.add(pick::close);
        slot.members().add(new Member(pick, column));
        results.add(pick.result());
    }

    /** The greatest value, or of values without order the last one, after a look at how many rows there are. */
    private void addSingle(AggregateSpec spec, RowSlot slot, int column) {
        RowSlot rows = slots.get(0);
        if (!isNested(Storage.of(spec.argumentTypes().get(0)))) {
            addExtreme(spec, slot, column);
        } else if (retracting) {
            addList(spec, slot);
        } else {
            addNestedPick(spec, slot, column, true);
        }
        int last = results.size() - 1;
        results.set(last, SingleValue.of(rows.countOffset(), results.get(last)));
    }
}
