package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.Table;
import io.sabot.catalog.type.Identifiers;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.Query;
import io.sabot.planner.resolve.TableOfQuery;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * CREATE TABLE … AS query: the columns of the query, behind those that are written and that it has not; then an INSERT. A
 * table whose INSERT fails is not there afterwards.
 */
final class CreateTableAs {
    private final EngineSession session;

    CreateTableAs(EngineSession session) {
        this.session = session;
    }

    StatementResult run(CreateTable create, Query query) {
        Schema rows = session.planner().rowSchema(query);
        Table table = session.planner().resolveTable(TableOfQuery.definition(create, rows));
        Insert insert = (Insert) SqlParser.parse("INSERT INTO " + table.name().sql()
                + rows.fields().stream()
                        .map(field -> Identifiers.quote(field.name()))
                        .collect(Collectors.joining(", ", " (", ")"))
                + "\n" + query.text());
        SessionCatalog catalog = session.sessionCatalog();
        if (create.orReplace() && !table.temporary()) {
            Optional<CatalogObject> before = catalog.find(table.name());
            before.ifPresent(object ->
                    new Dependents(catalog).refuseIfRead(object, create.name().span(), "replaced"));
        }
        LateTables lateTables = new LateTables(session);
        lateTables.refuse(table, create.name().span());
        Optional<CatalogObject> replaced = catalog.create(table, create.orReplace());
        session.engine().created(table, replaced);
        lateTables.follow(replaced, Optional.of(table));
        try {
            return new QueryStatements(session).insert(insert, List.of());
        } catch (RuntimeException e) {
            session.engine().dropped(catalog.drop(table.name()));
            lateTables.follow(Optional.of(table), Optional.empty());
            throw e instanceof SabotException known ? withoutPlace(known, create) : e;
        }
    }

    /** The INSERT's places count in a text of its own. */
    private static SabotException withoutPlace(SabotException e, CreateTable create) {
        return SabotException.of(e.code(), e.what())
                .at(create.span())
                .why(e.why().orElse(""))
                .hint(e.hint().orElse(""))
                .causedBy(e);
    }
}
