package io.sabot.sqltests.random;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Compares what the targets of a job hold at the end of each epoch with what is right over what had been read by then. */
final class Comparison {
    private final Run run;
    private final List<Script> scripts;
    private final List<Relation> views;
    private final Map<String, TimedQueries.SessionTable> sessions;
    private final List<Target> targets;
    private final Map<String, Content> contents = new TreeMap<>();
    private final Map<String, long[]> lastIds = new TreeMap<>();
    private final Map<String, String> differences = new TreeMap<>();

    Comparison(
            Run run,
            List<Script> scripts,
            List<Relation> views,
            Map<String, TimedQueries.SessionTable> sessions,
            List<Target> targets) {
        this.run = run;
        this.scripts = scripts;
        this.views = views;
        this.sessions = sessions;
        this.targets = targets;
        scripts.forEach(script -> {
            contents.put(copy(script), new Content());
            long[] none = new long[script.splits().size()];
            Arrays.fill(none, -1);
            lastIds.put(script.table(), none);
        });
        targets.forEach(target -> contents.put(target.table(), new Content()));
    }

    private static String copy(Script script) {
        return "copy_" + script.table();
    }

    /** Compares so many epochs, those in which nothing happened left out; returns the number of answers compared. */
    int compare(int epochs) throws SQLException {
        int compared = 0;
        try (DuckDb database = new DuckDb(scripts, sessions, views)) {
            for (int epoch = 0; epoch < epochs; epoch++) {
                boolean changed = false;
                for (Map.Entry<String, Content> content : contents.entrySet()) {
                    List<Script.Change> changes =
                            run.recording(content.getKey()).epoch(epoch);
                    content.getValue().apply(changes);
                    changed |= !changes.isEmpty();
                }
                if (changed) {
                    for (Script script : scripts) {
                        read(database, script, epoch);
                    }
                    for (Target target : targets) {
                        if (!differences.containsKey(target.table())) {
                            compare(database, target, epoch);
                            compared++;
                        }
                    }
                }
            }
        }
        return compared;
    }

    /** What targets held that they should not, and how they came to that: the first difference of each. */
    List<String> differences() {
        return List.copyOf(differences.values());
    }

    private void read(DuckDb database, Script script, int epoch) throws SQLException {
        List<Script.Change> changes = run.recording(copy(script)).epoch(epoch);
        if (changes.isEmpty()) {
            return;
        }
        if (!script.kind().hasTime()) {
            database.fill(script, of(contents, copy(script)).rows());
            return;
        }
        long[] ids = of(lastIds, script.table());
        for (Script.Change change : changes) {
            if (change.row().get(0) instanceof Long id) {
                int split = (int) (id % ids.length);
                ids[split] = Math.max(ids[split], id);
            }
        }
        if (script.kind() == Script.Kind.EVENTS) {
            checkPrefix(script, ids, epoch);
        }
        database.advance(script, ids);
    }

    /** What has been read of a split is each of its first rows, once. */
    private void checkPrefix(Script script, long[] ids, int epoch) {
        Multiset expected = new Multiset();
        for (int split = 0; split < ids.length; split++) {
            for (Script.Change change : script.changes(split)) {
                if (change.row().get(0) instanceof Long id && id <= ids[split]) {
                    expected.add(change.row().subList(0, 2), 1);
                }
            }
        }
        String wrong = expected.differences(of(contents, copy(script)).rows());
        if (!wrong.isEmpty()) {
            differences.putIfAbsent(
                    script.table(), "epoch " + epoch + ", rows read of " + script.table() + ":\n" + wrong);
        }
    }

    private void compare(DuckDb database, Target target, int epoch) throws SQLException {
        Multiset expected;
        try {
            expected = database.query(target.query());
        } catch (SQLException e) {
            throw new SQLException("DuckDB fails at " + target.query(), e);
        }
        String wrong = target.differences(expected, of(contents, target.table()));
        if (!wrong.isEmpty()) {
            differences.put(
                    target.table(),
                    "epoch " + epoch + ", " + target.table() + ":\n" + target.insert() + "\n" + wrong + "\nover\n"
                            + state(target));
        }
    }

    /** What matters to a query. */
    private String state(Target target) {
        StringBuilder text = new StringBuilder();
        String words = target.query();
        for (Relation view : views) {
            if (mentions(target.query(), view.name())) {
                text.append(view.sabotView())
                        .append("\n  = ")
                        .append(view.duck())
                        .append('\n');
                words += view.sabot();
            }
        }
        for (Script script : scripts) {
            if (!mentions(words, script.table())) {
                continue;
            }
            text.append(script.table())
                    .append(' ')
                    .append(script.kind())
                    .append(' ')
                    .append(script.timing())
                    .append(' ');
            if (script.kind().hasTime()) {
                long[] ids = of(lastIds, script.table());
                text.append(Arrays.toString(ids)).append(" of\n");
                for (int split = 0; split < ids.length; split++) {
                    text.append("  split ").append(split).append('\n');
                    for (Script.Change change : script.changes(split)) {
                        text.append("   ")
                                .append(change.kind().symbol())
                                .append(' ')
                                .append(change.row())
                                .append('\n');
                        if (change.row().get(0) instanceof Long id && id == ids[split]) {
                            break;
                        }
                    }
                }
            } else {
                text.append(of(contents, copy(script)).rows()).append('\n');
            }
        }
        return text.toString();
    }

    private static boolean mentions(String words, String name) {
        return Pattern.compile("\\b" + name + "\\b").matcher(words).find();
    }

    private static <T> T of(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new AssertionError(name);
        }
        return value;
    }
}
