package io.sabot.executor.match;

import io.sabot.executor.aggregate.LocalTable;
import io.sabot.executor.batch.Memory;
import io.sabot.executor.match.Run.Event;
import io.sabot.executor.match.Run.Taken;
import io.sabot.executor.operator.OperatorContext;
import io.sabot.executor.state.KeyBatch;
import io.sabot.executor.state.KeyLayout;
import io.sabot.executor.state.RecordSpec;
import io.sabot.executor.state.RecordTable;
import io.sabot.executor.state.StateBound;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.jspecify.annotations.Nullable;

/**
 * Partitions by key: in memory those that had rows since the last barrier, all others as bytes in a state table.
 *
 * <pre>
 *   tail of a record:  │ next sequence 8 │ timer 8 │ events 4 │ time 8, sequence 8, length 4, row │ …
 *                      │ taken 4 │ event 4, variable 4, taken before or -1 4 │ …
 *                      │ runs 4  │ state 4, first event or -1 4, taken or -1 4 │ …  │ complete ones, likewise │
 * </pre>
 */
final class PartitionStore {
    /** Partitions kept in memory at most, between two batches. */
    private static final int MAX_CACHED = 20_000;

    private final MatchSpec spec;
    private final boolean distinctStates;
    private final OperatorContext context;
    private final RecordTable table;
    private final KeyBatch single;
    private final LocalTable index;
    private final List<Partition> cached = new ArrayList<>();
    private long[] records = new long[0];
    private final long[] one = new long[1];

    PartitionStore(MatchSpec spec, boolean distinctStates, KeyLayout keys, OperatorContext context) {
        this.spec = spec;
        this.distinctStates = distinctStates;
        this.context = context;
        this.table = context.state()
                .recordTable(
                        "runs",
                        RecordSpec.of(keys, 0, spec.within() > 0 ? StateBound.WATERMARK : StateBound.KEYS)
                                .withTail());
        this.single = context.own(new KeyBatch(context.allocator(), keys));
        this.index = context.own(new LocalTable(context.allocator(), keys, 8));
    }

    /** The partition of each key; the same keys may be asked for until the next {@link #flush}. */
    Partition[] find(KeyBatch keys) {
        if (records.length < keys.count()) {
            records = new long[keys.count()];
        }
        index.resolve(keys, records);
        Partition[] found = new Partition[keys.count()];
        for (int i = 0; i < found.length; i++) {
            long known = Memory.getLong(records[i]);
            if (known == 0) {
                cached.add(load(keys, i));
                known = cached.size();
                Memory.putLong(records[i], known);
            }
            found[i] = cached.get((int) known - 1);
        }
        return found;
    }

    private Partition load(KeyBatch keys, int key) {
        single.clear();
        single.append(keys.address(key), keys.length(key));
        table.find(single, one);
        if (one[0] == 0) {
            return new Partition(spec, distinctStates);
        }
        byte[] bytes = new byte[table.tailLength(one[0])];
        Memory.copy(table.tailAddress(one[0]), bytes, 0, bytes.length);
        return read(ByteBuffer.wrap(bytes));
    }

    /** Between two batches: makes room when there are many. */
    void trim() {
        if (cached.size() > MAX_CACHED) {
            flush();
        }
    }

    /** Writes what has changed into the table and forgets all partitions. */
    void flush() {
        for (int number = 0; number < index.size(); number++) {
            Partition partition = cached.get((int) Memory.getLong(index.record(number)) - 1);
            if (partition.changed) {
                single.clear();
                single.append(index.key(number), index.keyLength(number));
                store(partition);
            }
        }
        index.clear();
        cached.clear();
    }

    private void store(Partition partition) {
        if (partition.isIdle()) {
            table.remove(single);
            return;
        }
        byte[] bytes = write(partition);
        table.resolve(single, one);
        try (ArrowBuf buffer = context.allocator().buffer(bytes.length)) {
            Memory.copy(bytes, 0, buffer.memoryAddress(), bytes.length);
            table.setTail(one[0], buffer.memoryAddress(), bytes.length);
        }
    }

    private static byte[] write(Partition partition) {
        Numbering numbers = new Numbering();
        partition.runs().forEach(numbers::add);
        partition.complete().forEach(numbers::add);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(partition.nextSequence());
            out.writeLong(partition.timer);
            numbers.write(out);
            numbers.write(partition.runs(), partition.runCount(), out);
            numbers.write(partition.complete(), partition.completeCount(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Gives each row that a run holds a number, and each link of a chain, behind the link before it. */
    private static final class Numbering {
        private final IdentityHashMap<Event, Integer> events = new IdentityHashMap<>();
        private final List<Event> eventList = new ArrayList<>();
        private final IdentityHashMap<Taken, Integer> links = new IdentityHashMap<>();
        private final List<Taken> linkList = new ArrayList<>();

        void add(Run run) {
            List<Taken> unknown = new ArrayList<>();
            for (Taken taken = run.last(); taken != null && !links.containsKey(taken); taken = taken.before) {
                unknown.add(taken);
            }
            for (int i = unknown.size() - 1; i >= 0; i--) {
                Taken taken = unknown.get(i);
                links.put(taken, linkList.size());
                linkList.add(taken);
                if (!events.containsKey(taken.event)) {
                    events.put(taken.event, eventList.size());
                    eventList.add(taken.event);
                }
            }
        }

        void write(DataOutputStream out) throws IOException {
            out.writeInt(eventList.size());
            for (Event event : eventList) {
                out.writeLong(event.time());
                out.writeLong(event.sequence());
                out.writeInt(event.row().length);
                out.write(event.row());
            }
            out.writeInt(linkList.size());
            for (Taken taken : linkList) {
                out.writeInt(events.getOrDefault(taken.event, -1));
                out.writeInt(taken.variable);
                out.writeInt(taken.before == null ? -1 : links.getOrDefault(taken.before, -1));
            }
        }

        void write(Iterable<Run> runs, int count, DataOutputStream out) throws IOException {
            out.writeInt(count);
            for (Run run : runs) {
                out.writeInt(run.state());
                out.writeInt(run.first() == null ? -1 : events.getOrDefault(run.first(), -1));
                out.writeInt(run.last() == null ? -1 : links.getOrDefault(run.last(), -1));
            }
        }
    }

    private Partition read(ByteBuffer in) {
        long nextSequence = in.getLong();
        long timer = in.getLong();
        List<Event> events = new ArrayList<>();
        for (int i = in.getInt(); i > 0; i--) {
            long time = in.getLong();
            long sequence = in.getLong();
            byte[] row = new byte[in.getInt()];
            in.get(row);
            events.add(new Event(time, sequence, row));
        }
        List<Taken> links = new ArrayList<>();
        for (int i = in.getInt(); i > 0; i--) {
            Event event = events.get(in.getInt());
            int variable = in.getInt();
            int before = in.getInt();
            links.add(new Taken(event, variable, before < 0 ? null : links.get(before)));
        }
        List<Run> runs = runs(in, events, links);
        return Partition.restored(spec, distinctStates, runs, runs(in, events, links), nextSequence, timer);
    }

    private static List<Run> runs(ByteBuffer in, List<Event> events, List<Taken> links) {
        List<Run> runs = new ArrayList<>();
        for (int i = in.getInt(); i > 0; i--) {
            int state = in.getInt();
            int first = in.getInt();
            int last = in.getInt();
            @Nullable Event firstEvent = first < 0 ? null : events.get(first);
            runs.add(new Run(state, firstEvent, last < 0 ? null : links.get(last)));
        }
        return runs;
    }
}
