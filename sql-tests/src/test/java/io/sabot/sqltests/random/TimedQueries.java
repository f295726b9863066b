package io.sabot.sqltests.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Queries by event time over tables of events and of versions: one of any family. */
final class TimedQueries {
    private final List<Script> events;
    private final List<Script> versions;
    private final Random random;
    private final WindowQueries windows;
    private final OverQueries overs;
    private final TimedJoins joins;
    private final Map<String, SessionTable> sessions = new TreeMap<>();
    private int names;

    /** Sessions that the evaluator must find. */
    record SessionTable(String table, WindowSpec spec) {}

    TimedQueries(List<Script> scripts, Random random) {
        this.random = random;
        this.events = scripts.stream()
                .filter(script -> script.kind() == Script.Kind.EVENTS)
                .toList();
        this.versions = scripts.stream()
                .filter(script ->
                        script.kind() == Script.Kind.VERSIONS || script.kind() == Script.Kind.CHANGING_VERSIONS)
                .toList();
        this.windows = new WindowQueries(random, this::note);
        this.overs = new OverQueries(random);
        this.joins = new TimedJoins(random);
    }

    private void note(Script table, WindowSpec spec) {
        if (spec.kind() == WindowSpec.Kind.SESSION) {
            sessions.put(spec.sessions(table.table()), new SessionTable(table.table(), spec));
        }
    }

    /** Session tables of all queries so far, by name. */
    Map<String, SessionTable> sessions() {
        return sessions;
    }

    Relation random() {
        Script one = pick(events);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> named(windows.aggregate(one));
            case 3 -> named(windows.legacy(one));
            case 4 -> named(random.nextBoolean() ? windows.topN(one) : windows.topNOfGroups(one));
            case 5 -> named(random.nextBoolean() ? windows.cascade(one) : windows.assigned(one));
            case 6 -> named(windows.join(one, pick(events)));
            case 7, 8 -> named(overs.over(one));
            case 9 -> named(overs.deduplicate(one));
            case 10 -> named(joins.interval(pick(inTime()), pick(inTime())));
            default -> named(joins.temporal(pick(inTime()), pick(versions)));
        };
    }

    private List<Script> inTime() {
        List<Script> inTime = new ArrayList<>(events);
        inTime.removeIf(script -> script.timing().late());
        return inTime;
    }

    private Relation named(Words words) {
        return new Relation("v" + names++, words.sabot(), words.duck());
    }

    /** A query in both kinds of words. */
    record Words(String sabot, String duck) {}

    private Script pick(List<Script> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** The watermark of a table, in DuckDB. */
    static String watermark(Script table) {
        return "getvariable('w_" + table.table() + "')";
    }

    /** The watermark of an operator over two tables, in DuckDB. */
    static String watermark(Script left, Script right) {
        return "least(" + watermark(left) + ", " + watermark(right) + ")";
    }

    /** A time as seconds, in Sabot. */
    static String seconds(String time) {
        return "CAST(TIMESTAMPDIFF(SECOND, TIMESTAMP '1970-01-01 00:00:00', " + time + ") AS BIGINT)";
    }
}
