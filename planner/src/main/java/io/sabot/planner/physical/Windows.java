package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.TimeAttribute;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.AggregateNode;
import io.sabot.planner.plan.AggregatePhase;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import io.sabot.planner.plan.StreamProperties.TimeColumn;
import io.sabot.planner.plan.WindowColumn;
import io.sabot.planner.plan.WindowEmission;
import io.sabot.planner.plan.WindowSpec;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlKind;

/** Nodes that give rows windows or aggregate by them. */
final class Windows {
    /** Type of a window's start and end. */
    private static final AtomicType BOUND = AtomicType.timestamp(3).withNullable(false);

    private final Build build;
    private final Exchanges exchanges;

    Windows(Build build, Exchanges exchanges) {
        this.build = build;
        this.exchanges = exchanges;
    }

    /** The windows with what is known of their time column in this input. */
    WindowSpec bound(WindowSpec window, Stage input) {
        int column = window.time().column();
        Optional<TimeColumn> time = input.time(column);
        if (time.isEmpty()) {
            if (!build.options.atEnd() || input.sources().stream().anyMatch(this::hasRowTime)) {
                throw noTime(input, column);
            }
            build.demand.untimed(input);
        }
        TimeDomain domain = time.map(TimeColumn::domain).orElse(TimeDomain.EVENT);
        long offset = time.map(TimeColumn::offsetMillis).orElse(0L);
        if (window instanceof WindowSpec.Attached attached) {
            ZoneId zone = attached.windows().time().zone();
            return window.withTime(new WindowSpec.Time(column, domain, zone, offset - behindUtc(zone)));
        }
        return window.withTime(new WindowSpec.Time(column, domain, zone(input.schema(), column), offset));
    }

    private boolean hasRowTime(Table table) {
        return table.watermark().isPresent() && build.isTimed(table);
    }

    private SabotException noTime(Stage input, int column) {
        SabotException error = SabotException.of(
                        ErrorCode.INVALID_DEFINITION,
                        "column '" + input.schema().name(column) + "' is no time attribute, so its windows never close")
                .at(build.places().of(SqlKind.DESCRIPTOR, SqlKind.TUMBLE, SqlKind.HOP, SqlKind.SESSION));
        Optional<Table> view = input.sources().stream()
                .filter(source -> source.kind().isMaterialized())
                .findFirst();
        if (view.isPresent()) {
            String name = "materialized view '" + view.get().name().name() + "'";
            if (view.get().kind() == TableKind.MATERIALIZED_VIEW) {
                return error.why("rows of " + name + " change after they have come, so it has no watermark")
                        .hint(
                                "write the windows into the query of the materialized view, or read a plain VIEW in its place");
            }
            List<TimeAttribute> times = view.get().times();
            return times.isEmpty()
                    ? error.why("the query of " + name + " gives it no watermark")
                            .hint("give the view a column with a watermark that comes unchanged from its table")
                    : error.why("of " + name + " "
                            + times.stream().map(TimeAttribute::column).collect(Collectors.joining(", "))
                            + " carries time");
        }
        return error.why("windows of a stream need a column with a watermark that has come unchanged from its table")
                .hint("declare WATERMARK FOR " + input.schema().name(column) + " in CREATE TABLE, or use PROCTIME()");
    }

    private ZoneId zone(Schema schema, int column) {
        return schema.type(column) instanceof AtomicType atomic && atomic.kind() == TypeKind.TIMESTAMP_LTZ
                ? build.options.zone()
                : ZoneOffset.UTC;
    }

    /** The least that local time of a zone is ahead of UTC, at most 0: local times stand so much further behind the watermark. */
    private static long behindUtc(ZoneId zone) {
        ZoneRules rules = zone.getRules();
        long seconds = Math.min(0, rules.getOffset(Instant.EPOCH).getTotalSeconds());
        for (ZoneOffsetTransition transition : rules.getTransitions()) {
            seconds = Math.min(seconds, transition.getOffsetBefore().getTotalSeconds());
            seconds = Math.min(seconds, transition.getOffsetAfter().getTotalSeconds());
        }
        for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
            seconds = Math.min(seconds, rule.getOffsetBefore().getTotalSeconds());
            seconds = Math.min(seconds, rule.getOffsetAfter().getTotalSeconds());
        }
        return seconds * 1000;
    }

    /** Appends the three window columns to the rows. */
    Stage assign(Stage input, WindowSpec unbound, List<String> names) {
        WindowSpec window = bound(unbound, input);
        boolean session = window instanceof WindowSpec.Session;
        demand(input, window, session);
        Stage placed =
                window instanceof WindowSpec.Session keyed ? exchanges.byKeys(input, keyed.partitionKeys()) : input;
        int first = input.schema().size();
        List<Field> fields = new ArrayList<>(input.schema().fields());
        AtomicType time = ((AtomicType) input.schema().type(window.time().column())).withNullable(false);
        for (int i = 0; i < 3; i++) {
            fields.add(new Field(names.get(first + i), i < 2 ? BOUND : time));
        }
        List<TimeColumn> times = new ArrayList<>(input.stream().times());
        WindowSpec.Time timeOf = window.time();
        // A row in time may fall into a window that ends right behind it, and starts a window length before.
        long ofEnd = timeOf.offsetMillis() + behindUtc(timeOf.zone());
        times.add(new TimeColumn(first, timeOf.domain(), ofEnd - length(window)));
        times.add(new TimeColumn(first + 1, timeOf.domain(), ofEnd));
        times.add(new TimeColumn(first + 2, timeOf.domain(), timeOf.offsetMillis()));
        StreamProperties in = input.stream();
        StreamProperties stream = new StreamProperties(
                in.changelog(), List.of(), carriedOn(times, in, session), in.bounded(), in.emitAtEnd());
        PlanNode node = new PlanNode.WindowAssign(
                build.info("window-assign", new Schema(fields), stream), placed.node(), window);
        List<CarriedWindow> windows = new ArrayList<>(input.windows());
        windows.add(new CarriedWindow(window, first, first + 1, first + 2));
        return new Stage(node, placed.distribution(), windows, input.sources());
    }

    /** Rows of a session wait for its end, which no time of theirs survives; nor does one tell its start. */
    private static List<TimeColumn> carriedOn(List<TimeColumn> times, StreamProperties in, boolean session) {
        return session ? times.subList(in.times().size() + 1, times.size()) : times;
    }

    /**
     * Aggregates by keys and windows; output: keys, calls, the window columns asked for.
     *
     * @param window over the columns of the input, its time found already
     * @param names of all output columns
     */
    Stage aggregate(
            Stage input,
            WindowSpec window,
            CarriedWindow carried,
            List<Integer> keys,
            List<AggregateCall> calls,
            List<WindowColumn> asked,
            List<String> names) {
        demand(input, window, true);
        AtomicType time = ((AtomicType) input.schema().type(window.time().column())).withNullable(false);
        Schema output = outputSchema(input.schema(), keys, calls, asked, time, names);
        WindowEmission emission = emission(window);
        Aggregates.checkTakenBack(build, calls, !input.isAppendOnly(), !emission.isOnce());
        if (build.options.atEnd() && emission.latenessMillis() > 0) {
            return last(
                    exchanges.byKeys(input, keys),
                    closingLater(window, emission.latenessMillis()),
                    carried,
                    keys,
                    calls,
                    asked,
                    output,
                    AggregatePhase.SINGLE);
        }
        boolean split = emission.isOnce()
                && !(window instanceof WindowSpec.Session)
                && !input.distribution().groups(keys)
                && Aggregates.isSplit(calls, input);
        if (!split) {
            Stage keyed = exchanges.byKeys(input, keys);
            return last(keyed, window, carried, keys, calls, asked, output, AggregatePhase.SINGLE);
        }
        Stage local = local(input, window, keys, calls, time);
        List<Integer> localKeys = Aggregates.range(keys.size());
        Stage keyed = exchanges.exchange(local, localKeys);
        WindowSpec.Time ofSlice = new WindowSpec.Time(
                local.schema().size() - 1,
                window.time().domain(),
                window.time().zone(),
                window.time().offsetMillis());
        return last(keyed, window.withTime(ofSlice), carried, localKeys, calls, asked, output, AggregatePhase.GLOBAL);
    }

    /** When results leave; at the end of bounded input once, whatever the setting. */
    private WindowEmission emission(WindowSpec window) {
        WindowEmission asked = build.options.windowEmission();
        if (window instanceof WindowSpec.Attached) {
            return WindowEmission.ONCE;
        }
        boolean event = window.time().domain() == TimeDomain.EVENT;
        WindowEmission emission =
                new WindowEmission(event ? asked.latenessMillis() : 0, build.options.atEnd() ? 0 : asked.earlyMillis());
        if (window instanceof WindowSpec.Session && !build.options.atEnd() && !emission.isOnce()) {
            throw build.notSupported(
                            "sabot.window.allowed-lateness and sabot.window.early-emit do not go with SESSION windows",
                            build.places().of(SqlKind.SESSION))
                    .why("a session whose result has been shown may become one with another")
                    .hint("RESET both settings for this query, or use TUMBLE, HOP or CUMULATE");
        }
        return emission;
    }

    /** The same windows, for which the watermark comes later. */
    private static WindowSpec closingLater(WindowSpec window, long millis) {
        WindowSpec.Time time = window.time();
        return window.withTime(
                new WindowSpec.Time(time.column(), time.domain(), time.zone(), time.offsetMillis() - millis));
    }

    private Stage local(
            Stage input, WindowSpec window, List<Integer> keys, List<AggregateCall> calls, AtomicType time) {
        Schema schema = Aggregates.localSchema(input.schema(), keys, calls, List.of(new Field("$slice_end", time)));
        PlanNode node = new AggregateNode.Window(
                build.info(
                        "local-window-aggregate",
                        schema,
                        new StreamProperties(
                                ChangelogMode.APPEND_ONLY,
                                List.of(),
                                List.of(new TimeColumn(
                                        schema.size() - 1,
                                        window.time().domain(),
                                        window.time().offsetMillis())),
                                input.stream().bounded(),
                                false)),
                input.node(),
                window,
                keys,
                calls,
                List.of(),
                AggregatePhase.LOCAL,
                WindowEmission.ONCE);
        return new Stage(node, Distribution.ANY, List.of(), input.sources());
    }

    private Stage last(
            Stage input,
            WindowSpec window,
            CarriedWindow carried,
            List<Integer> keys,
            List<AggregateCall> calls,
            List<WindowColumn> asked,
            Schema output,
            AggregatePhase phase) {
        WindowEmission emission = build.options.atEnd() ? WindowEmission.ONCE : emission(window);
        int first = keys.size() + calls.size();
        long offset = window.time().offsetMillis() - emission.latenessMillis();
        long ofEnd = offset + behindUtc(window.time().zone());
        List<TimeColumn> times = new ArrayList<>();
        List<Integer> key = new ArrayList<>(Aggregates.range(keys.size()));
        for (int i = 0; i < asked.size(); i++) {
            TimeDomain domain = window.time().domain();
            switch (asked.get(i)) {
                case START -> times.add(new TimeColumn(first + i, domain, ofEnd - length(carried.kind())));
                case END -> times.add(new TimeColumn(first + i, domain, ofEnd));
                case TIME -> times.add(new TimeColumn(first + i, domain, offset));
                case PROCTIME -> times.add(new TimeColumn(first + i, TimeDomain.PROCESSING, 0));
            }
            key.add(first + i);
        }
        boolean isKey = asked.contains(WindowColumn.END) || asked.contains(WindowColumn.TIME);
        int carriedStart =
                window instanceof WindowSpec.Attached ? carried.start() : column(asked, WindowColumn.START, first);
        StreamProperties stream = new StreamProperties(
                emission.isOnce() ? ChangelogMode.APPEND_ONLY : ChangelogMode.RETRACT,
                isKey ? List.of(key) : List.of(),
                times.stream().filter(time -> isUseful(time, carried)).toList(),
                input.stream().bounded(),
                input.stream().emitAtEnd());
        PlanNode node = new AggregateNode.Window(
                build.info("window-aggregate", output, stream),
                input.node(),
                window,
                keys,
                calls,
                asked,
                phase,
                emission);
        CarriedWindow tag = new CarriedWindow(
                carried.kind(),
                carriedStart,
                column(asked, WindowColumn.END, first),
                column(asked, WindowColumn.TIME, first));
        Distribution distribution =
                keys.isEmpty() ? Distribution.SINGLE : Aggregates.distribution(input.distribution(), keys);
        return new Stage(node, distribution, tag.end() >= 0 ? List.of(tag) : List.of(), input.sources());
    }

    /** The start of a session lies any time before its end. */
    private static boolean isUseful(TimeColumn time, CarriedWindow carried) {
        return carried.endTellsStart() || time.offsetMillis() > Long.MIN_VALUE / 2;
    }

    private static int column(List<WindowColumn> asked, WindowColumn wanted, int first) {
        int index = asked.indexOf(wanted);
        return index < 0 ? -1 : first + index;
    }

    private Schema outputSchema(
            Schema input,
            List<Integer> keys,
            List<AggregateCall> calls,
            List<WindowColumn> asked,
            AtomicType time,
            List<String> names) {
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(new Field(names.get(fields.size()), input.type(key))));
        calls.forEach(call -> fields.add(new Field(names.get(fields.size()), call.type())));
        for (WindowColumn column : asked) {
            boolean isBound = column == WindowColumn.START || column == WindowColumn.END;
            fields.add(new Field(names.get(fields.size()), isBound ? BOUND : time));
        }
        return new Schema(fields);
    }

    private void demand(Stage input, WindowSpec window, boolean dropsLate) {
        if (window.time().domain() == TimeDomain.EVENT) {
            build.demand.time(input);
            if (dropsLate) {
                build.demand.late(input);
            }
        }
    }

    /** How far before its end a window can start. */
    private static long length(WindowSpec window) {
        if (window instanceof WindowSpec.Tumble tumble) {
            return tumble.size();
        }
        if (window instanceof WindowSpec.Hop hop) {
            return hop.size();
        }
        if (window instanceof WindowSpec.Cumulate cumulate) {
            return cumulate.size();
        }
        return Long.MAX_VALUE / 2 + 1;
    }
}
