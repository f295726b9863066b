package io.sabot.executor.state;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The state tables of a job by name: a two-byte id, given once, and the shape. Safe for all threads. */
final class TableIds {
    private final Map<String, Table> tables = new TreeMap<>();
    private final Set<String> claimed = new HashSet<>();

    /** Id of a table; the next free one when the name is new. */
    synchronized int claim(String name, String shape) {
        claimed.add(name);
        Table known = tables.get(name);
        if (known != null) {
            if (!known.shape().equals(shape)) {
                throw SabotException.of(ErrorCode.INVALID_STATE, "state table '" + name + "' cannot be restored")
                        .why("the checkpoint holds " + known.shape() + ", the query needs " + shape)
                        .hint("start the job anew, or run the version of the query that wrote the checkpoint");
            }
            return known.id();
        }
        int id = tables.values().stream().mapToInt(Table::id).max().orElse(0) + 1;
        if (id > 0xFFFF) {
            throw SabotException.of(ErrorCode.TOO_MANY, "a job has at most 65,535 state tables");
        }
        tables.put(name, new Table(name, id, shape));
        return id;
    }

    synchronized void add(Table table) {
        tables.put(table.name(), table);
    }

    synchronized List<Table> all() {
        return List.copyOf(tables.values());
    }

    /** Names that a checkpoint holds and nobody has asked for. */
    synchronized List<String> unclaimed() {
        return tables.keySet().stream().filter(name -> !claimed.contains(name)).toList();
    }

    record Table(String name, int id, String shape) {}
}
