package io.sabot.executor.state;

import java.util.ArrayList;
import java.util.List;

class HeapRecordTableTest extends RecordTableContract {
    private final List<RecordTable> tables = new ArrayList<>();

    @Override
    RecordTable table(RecordSpec spec, KeyGroups.Range range) {
        HeapRecordTable table = new HeapRecordTable("model", spec, range);
        tables.add(table);
        return table;
    }

    @Override
    void closeTables() {
        tables.forEach(RecordTable::close);
    }
}
