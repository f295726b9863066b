package io.sabot.planner.resolve;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.ObjectName;
import io.sabot.parser.SqlParser;
import io.sabot.parser.statement.Query;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Finds the objects that the text of a view reads: their names stand in it in full. */
public final class ReadNames extends SqlBasicVisitor<@Nullable Void> {
    private static final int PARTS = 3;

    private final CatalogReader catalog;
    private final Set<ObjectName> found = new LinkedHashSet<>();

    private ReadNames(CatalogReader catalog) {
        this.catalog = catalog;
    }

    /** Names of the objects, in the order in which they stand in the text. */
    public static Set<ObjectName> in(String querySql, CatalogReader catalog) {
        ReadNames names = new ReadNames(catalog);
        if (SqlParser.parse(querySql) instanceof Query query) {
            query.query().accept(names);
        }
        return names.found;
    }

    @Override
    public @Nullable Void visit(SqlIdentifier identifier) {
        if (identifier.names.size() == PARTS) {
            ObjectName name = new ObjectName(identifier.names.get(0), identifier.names.get(1), identifier.names.get(2));
            if (catalog.find(name).isPresent()) {
                found.add(name);
            }
        }
        return null;
    }
}
