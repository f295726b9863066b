package io.sabot.planner.resolve;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Table;
import io.sabot.catalog.connector.Descriptors;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.OptionEntry;
import io.sabot.parser.statement.Options;
import io.sabot.parser.text.SqlSpans;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Checks what {@code t /*+ OPTIONS('key' = 'value') *}{@code /} says over the options of a table, as if its definition said it. */
public final class HintOptions extends SqlBasicVisitor<@Nullable Void> {
    private final CatalogReader catalog;
    private final Descriptors descriptors;

    private HintOptions(CatalogReader catalog, Descriptors descriptors) {
        this.catalog = catalog;
        this.descriptors = descriptors;
    }

    /** Refuses unknown keys and bad values in the hints of a query. */
    public static void check(SqlNode query, CatalogReader catalog, Descriptors descriptors) {
        query.accept(new HintOptions(catalog, descriptors));
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call.getKind() == SqlKind.TABLE_REF && call.operand(0) instanceof SqlIdentifier name) {
            catalog.find(catalog.resolve(name.names))
                    .filter(Table.class::isInstance)
                    .ifPresent(table -> check((Table) table, call.operand(1)));
        }
        return super.visit(call);
    }

    private void check(Table table, SqlNodeList hints) {
        List<OptionEntry> entries = new ArrayList<>();
        for (SqlNode node : hints) {
            SqlHint hint = (SqlHint) node;
            if (hint.getName().toUpperCase(Locale.ROOT).equals("OPTIONS")) {
                SqlSpan span = SqlSpans.of(hint);
                hint.getOptionKVPairs().forEach((key, value) -> entries.add(new OptionEntry(key, value, span, span)));
            }
        }
        if (entries.isEmpty()) {
            return;
        }
        Map<String, String> options = new LinkedHashMap<>(table.options());
        entries.forEach(entry -> options.put(entry.key(), entry.value()));
        new OptionCheck(descriptors, options, new Options(entries), SqlSpans.of(hints))
                .check(!table.primaryKey().isEmpty());
    }
}
