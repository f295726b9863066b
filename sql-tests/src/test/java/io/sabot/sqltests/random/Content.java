package io.sabot.sqltests.random;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a table holds after the changes so far: read as a multiset of rows, and as one row for each first column. */
final class Content {
    private final Multiset rows = new Multiset();
    private final Map<Object, List<@Nullable Object>> byKey = new HashMap<>();

    void apply(Collection<Script.Change> changes) {
        for (Script.Change change : changes) {
            rows.add(change.row(), change.comes() ? 1 : -1);
            String key = String.valueOf(change.row().get(0));
            if (change.comes()) {
                byKey.put(key, change.row());
            } else {
                byKey.remove(key);
            }
        }
    }

    Multiset rows() {
        return rows;
    }

    Map<Object, List<@Nullable Object>> byKey() {
        return byKey;
    }
}
