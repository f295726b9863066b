package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Unreadable;
import io.sabot.catalog.View;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.Statement;
import io.sabot.planner.resolve.ReadNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which views read what. A materialized view holds on to everything that it reads, also through plain views; a plain view
 * holds on to materialized views alone, since it is looked up anew each time it is read.
 */
final class Dependents {
    private final CatalogReader catalog;

    Dependents(CatalogReader catalog) {
        this.catalog = catalog;
    }

    /** What a view reads by name. */
    Set<ObjectName> inputsOf(CatalogObject object) {
        if (object instanceof View view) {
            return ReadNames.in(view.querySql(), catalog);
        }
        if (object instanceof MaterializedView view) {
            return ReadNames.in(view.querySql(), catalog);
        }
        return object instanceof Unreadable unreadable ? inputsOf(unreadable) : Set.of();
    }

    /** It wants to be whole again, so it holds on to what it read. */
    private Set<ObjectName> inputsOf(Unreadable object) {
        Statement create = SqlParser.parse(object.createSql());
        if (create instanceof CreateMaterializedView view) {
            return ReadNames.in(view.query().text(), catalog);
        }
        return create instanceof CreateView view ? ReadNames.in(view.query().text(), catalog) : Set.of();
    }

    /** Views that would be wrong without the object. */
    List<CatalogObject> of(CatalogObject object) {
        Set<CatalogObject> found = new LinkedHashSet<>();
        collect(object.name(), isMaterialized(object), found);
        return List.copyOf(found);
    }

    private static boolean isMaterialized(CatalogObject object) {
        return object instanceof MaterializedView
                || object instanceof Unreadable unreadable && unreadable.materialized();
    }

    private void collect(ObjectName name, boolean materialized, Set<CatalogObject> found) {
        for (CatalogObject reader : readers(name)) {
            if (isMaterialized(reader) || materialized) {
                if (found.add(reader)) {
                    collect(reader.name(), true, found);
                }
            } else {
                collect(reader.name(), false, found);
            }
        }
    }

    private List<CatalogObject> readers(ObjectName name) {
        List<CatalogObject> readers = new ArrayList<>();
        for (String inCatalog : catalog.catalogs()) {
            for (String database : catalog.databases(inCatalog)) {
                catalog.objects(inCatalog, database).stream()
                        .filter(object -> inputsOf(object).contains(name))
                        .forEach(readers::add);
            }
        }
        return readers;
    }

    /**
     * Throws 2BP01 when views hold on to the object.
     *
     * @param what was to be done with it, such as {@code dropped}
     */
    void refuseIfRead(CatalogObject object, SqlSpan span, String what) {
        List<CatalogObject> readers = of(object);
        if (!readers.isEmpty()) {
            throw SabotException.of(
                            ErrorCode.DEPENDENT_OBJECTS,
                            "'" + object.name().name() + "' cannot be " + what + ", others read it")
                    .at(span)
                    .why("it is read by "
                            + readers.stream()
                                    .map(reader -> reader.name().name())
                                    .collect(Collectors.joining(", ")))
                    .hint(
                            what.equals("dropped")
                                    ? "drop them first, or add CASCADE to drop them too"
                                    : "drop them first");
        }
    }
}
