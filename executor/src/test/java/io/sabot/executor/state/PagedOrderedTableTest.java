package io.sabot.executor.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

class PagedOrderedTableTest extends OrderedTableContract {
    private final MemoryBudget budget = MemoryBudget.unlimited();
    private final PageStore store = new PageStore(budget);
    private final List<OrderedTable> tables = new ArrayList<>();

    @Override
    OrderedTable table(OrderedSpec spec) {
        OrderedTable table = new PagedOrderedTable("side", 1, spec, store, KeyGroups.Range.all(128));
        tables.add(table);
        return table;
    }

    @Override
    void closeTables() {
        tables.forEach(OrderedTable::close);
        assertThat(store.pool().framesInUse()).isZero();
        store.close();
        assertThat(budget.usedBytes()).isZero();
    }
}
