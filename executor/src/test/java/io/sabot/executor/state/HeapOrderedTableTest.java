package io.sabot.executor.state;

import java.util.ArrayList;
import java.util.List;

class HeapOrderedTableTest extends OrderedTableContract {
    private final List<OrderedTable> tables = new ArrayList<>();

    @Override
    OrderedTable table(OrderedSpec spec) {
        OrderedTable table = new HeapOrderedTable(spec);
        tables.add(table);
        return table;
    }

    @Override
    void closeTables() {
        tables.forEach(OrderedTable::close);
    }
}
