package io.sabot.executor.match;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.batch.Arena;
import io.sabot.executor.batch.Batch;
import io.sabot.executor.batch.BatchBuilder;
import io.sabot.executor.batch.ColumnBuilder;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.match.Run.Taken;
import io.sabot.executor.state.KeyDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Collects runs, each maybe with a row that it is about to take, and makes a batch of the values that an expression asks of
 * them: one row a run, one column a term.
 */
final class TermRows implements AutoCloseable {
    private final List<MatchSpec.Term> terms;
    private final List<Place> places = new ArrayList<>();
    private final List<TermAggregates> aggregates = new ArrayList<>();
    private final Schema schema;
    private final List<DataType> featureTypes;
    private final KeyDecoder decoder;
    private final BufferAllocator allocator;
    private final Arena scratch;
    private final List<Asked> asked = new ArrayList<>();

    /**
     * A run and the row that a variable may take.
     *
     * @param address of the row's features; 0 when the match is complete
     */
    record Asked(@Nullable Taken last, int variable, long address, int length) {
        boolean ownRowIsBy(long variables) {
            return address != 0 && (variables >> variable & 1) != 0;
        }
    }

    /** A row of a match that terms look at; {@code columns} has the term of each feature, or -1. */
    private record Place(long variables, boolean fromFirst, int offset, int[] columns) {}

    TermRows(List<MatchSpec.Term> terms, List<DataType> featureTypes, BufferAllocator allocator) {
        this.terms = terms;
        this.featureTypes = featureTypes;
        this.decoder = new KeyDecoder(featureTypes);
        this.allocator = allocator;
        this.scratch = new Arena(allocator);
        List<Field> fields = new ArrayList<>();
        for (int t = 0; t < terms.size(); t++) {
            fields.add(new Field("t" + t, terms.get(t).type()));
            if (terms.get(t) instanceof MatchSpec.OfRow row) {
                place(row).columns()[row.feature()] = t;
            } else if (terms.get(t) instanceof MatchSpec.OfRows rows) {
                aggregates(rows.variables()).add(rows.aggregate(), t);
            }
        }
        if (fields.isEmpty()) {
            fields.add(new Field("none", AtomicType.BOOLEAN)); // a batch has its rows by its columns
        }
        this.schema = new Schema(fields);
    }

    private Place place(MatchSpec.OfRow row) {
        for (Place place : places) {
            if (place.variables() == row.variables()
                    && place.fromFirst() == row.fromFirst()
                    && place.offset() == row.offset()) {
                return place;
            }
        }
        int[] columns = new int[featureTypes.size()];
        Arrays.fill(columns, -1);
        Place place = new Place(row.variables(), row.fromFirst(), row.offset(), columns);
        places.add(place);
        return place;
    }

    private TermAggregates aggregates(long variables) {
        for (TermAggregates known : aggregates) {
            if (known.variables() == variables) {
                return known;
            }
        }
        TermAggregates made = new TermAggregates(variables, featureTypes, allocator);
        aggregates.add(made);
        return made;
    }

    Schema schema() {
        return schema;
    }

    int count() {
        return asked.size();
    }

    /** Asks for the terms of a run with a row that is not taken yet; its bytes stay where they are until {@link #batch}. */
    void add(@Nullable Taken last, int variable, long address, int length) {
        asked.add(new Asked(last, variable, address, length));
    }

    /** Asks for the terms of a match. */
    void add(Taken last) {
        asked.add(new Asked(last, 0, 0, 0));
    }

    /** The terms of all that was asked for since the last call; the caller closes the batch. */
    Batch batch() {
        try (BatchBuilder builder = new BatchBuilder(schema, allocator, asked.size())) {
            for (Place place : places) {
                append(place, builder);
            }
            for (TermAggregates aggregate : aggregates) {
                aggregate.append(asked, builder);
            }
            for (int i = 0; i < asked.size(); i++) {
                if (terms.isEmpty()) {
                    builder.column(0).appendNull();
                }
                builder.endRow();
            }
            return builder.finish();
        } finally {
            asked.clear();
        }
    }

    private void append(Place place, BatchBuilder builder) {
        @Nullable ColumnBuilder[] columns = new ColumnBuilder[featureTypes.size()];
        for (int f = 0; f < columns.length; f++) {
            columns[f] = place.columns()[f] < 0 ? null : builder.column(place.columns()[f]);
        }
        for (Asked one : asked) {
            append(place, one, columns);
        }
    }

    private void append(Place place, Asked one, @Nullable ColumnBuilder[] columns) {
        boolean own = one.ownRowIsBy(place.variables());
        if (!place.fromFirst()) {
            if (own && place.offset() == 0) {
                decoder.decode(one.address(), one.length(), columns);
            } else {
                decode(fromLast(one.last(), place, own ? place.offset() - 1 : place.offset()), columns);
            }
            return;
        }
        int before = count(one.last(), place.variables());
        if (own && place.offset() == before) {
            decoder.decode(one.address(), one.length(), columns);
        } else {
            decode(place.offset() < before ? fromLast(one.last(), place, before - 1 - place.offset()) : null, columns);
        }
    }

    private static int count(@Nullable Taken last, long variables) {
        int count = 0;
        for (Taken taken = last; taken != null; taken = taken.before) {
            count += taken.isBy(variables) ? 1 : 0;
        }
        return count;
    }

    private static @Nullable Taken fromLast(@Nullable Taken last, Place place, int offset) {
        int left = offset;
        for (Taken taken = last; taken != null; taken = taken.before) {
            if (taken.isBy(place.variables()) && left-- == 0) {
                return taken;
            }
        }
        return null;
    }

    private void decode(@Nullable Taken taken, @Nullable ColumnBuilder[] columns) {
        if (taken == null) {
            for (ColumnBuilder column : columns) {
                if (column != null) {
                    column.appendNull();
                }
            }
            return;
        }
        byte[] row = taken.event.row();
        scratch.clear();
        long position = scratch.reserve(row.length);
        long address = scratch.address(position);
        Memory.copy(row, 0, address, row.length);
        decoder.decode(address, row.length, columns);
    }

    @Override
    public void close() {
        scratch.close();
        aggregates.forEach(TermAggregates::close);
    }
}
