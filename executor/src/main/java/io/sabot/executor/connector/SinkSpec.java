package io.sabot.executor.connector;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.type.Schema;
import java.util.List;

/**
 * What an INSERT brings to a sink.
 *
 * @param table batches have the columns of {@link Table#sinkSchema()}
 * @param changelog row kinds that will come
 * @param upsertKey columns that identify a row of the query; may be empty
 * @param bounded whether the input ends
 */
public record SinkSpec(
        Table table, ChangelogMode changelog, List<Integer> upsertKey, boolean overwrite, boolean bounded) {
    public SinkSpec {
        upsertKey = List.copyOf(upsertKey);
    }

    /** Columns of the batches. */
    public Schema schema() {
        return table.sinkSchema();
    }
}
