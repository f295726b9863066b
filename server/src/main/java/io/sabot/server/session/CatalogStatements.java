package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.Catalogs;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.Unreadable;
import io.sabot.catalog.View;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.CreateCatalog;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.DropObject;
import io.sabot.parser.statement.OptionEntry;
import io.sabot.parser.statement.Truncate;
import io.sabot.parser.statement.UseDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Statements that change what exists. */
final class CatalogStatements {
    private final EngineSession session;
    private final SessionCatalog catalog;

    CatalogStatements(EngineSession session) {
        this.session = session;
        this.catalog = session.sessionCatalog();
    }

    StatementResult createTable(CreateTable create) {
        ObjectName name = catalog.resolve(create.name().values());
        if (create.ifNotExists() && catalog.find(name).isPresent()) {
            return StatementResult.done();
        }
        if (create.query() != null) {
            return new CreateTableAs(session).run(create, create.query());
        }
        return create(
                session.planner().resolveTable(create),
                create.orReplace(),
                create.name().span());
    }

    StatementResult createView(CreateView create) {
        ObjectName name = catalog.resolve(create.name().values());
        if (create.ifNotExists() && catalog.find(name).isPresent()) {
            return StatementResult.done();
        }
        return create(
                session.planner().resolveView(create),
                create.orReplace(),
                create.name().span());
    }

    private StatementResult create(CatalogObject object, boolean replace, SqlSpan span) {
        if (replace && !object.temporary()) {
            catalog.find(object.name()).ifPresent(before -> dependents().refuseIfRead(before, span, "replaced"));
        }
        new LateTables(session).refuse(object, span);
        Optional<CatalogObject> replaced = catalog.create(object, replace);
        session.engine().created(object, replaced);
        new LateTables(session).follow(replaced, Optional.of(object));
        return StatementResult.done();
    }

    StatementResult createCatalog(CreateCatalog create) {
        String name = create.name().value();
        for (OptionEntry option : create.options().entries()) {
            if (!option.key().equals("type")) {
                throw SabotException.of(ErrorCode.INVALID_OPTION, "a catalog has no option '" + option.key() + "'")
                        .at(option.keySpan())
                        .why("its one option is 'type'")
                        .hint("tables have options, databases have some to keep");
            }
            if (!option.value().equals(Catalogs.CATALOG_TYPE)) {
                throw SabotException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "catalogs of type '" + option.value() + "' are not supported")
                        .at(option.valueSpan())
                        .hint("leave the type out, or write '" + Catalogs.CATALOG_TYPE + "'");
            }
        }
        if (!(create.ifNotExists() && catalog.catalogs().contains(name))) {
            catalog.shared().createCatalog(name, create.comment());
        }
        return StatementResult.done();
    }

    StatementResult useDatabase(UseDatabase use) {
        List<String> parts = use.database().values();
        catalog.useDatabase(
                parts.size() > 1 ? parts.get(0) : catalog.currentCatalog(),
                use.database().last());
        return StatementResult.done();
    }

    StatementResult drop(DropObject drop) {
        return switch (drop.kind()) {
            case CATALOG -> dropCatalog(drop);
            case DATABASE -> dropDatabase(drop);
            case TABLE, STREAM, VIEW, MATERIALIZED_VIEW -> dropObject(drop);
        };
    }

    private StatementResult dropCatalog(DropObject drop) {
        String name = drop.name().last();
        if (drop.ifExists() && !catalog.catalogs().contains(name)) {
            return StatementResult.done();
        }
        catalog.shared().dropCatalog(name, drop.cascade()).forEach(session.engine()::dropped);
        return StatementResult.done();
    }

    private StatementResult dropDatabase(DropObject drop) {
        List<String> parts = drop.name().values();
        String ofCatalog = parts.size() > 1 ? parts.get(0) : catalog.currentCatalog();
        String name = drop.name().last();
        if (drop.ifExists() && !catalog.databases(ofCatalog).contains(name)) {
            return StatementResult.done();
        }
        TablesOfJobs jobs = new TablesOfJobs(session);
        catalog.objects(ofCatalog, name)
                .forEach(object -> jobs.refuseIfUsed(object, drop.name().span()));
        catalog.shared().dropDatabase(ofCatalog, name, drop.cascade()).forEach(session.engine()::dropped);
        return StatementResult.done();
    }

    private StatementResult dropObject(DropObject drop) {
        ObjectName name = catalog.resolve(drop.name().values());
        Optional<CatalogObject> found = catalog.find(name);
        if (found.isEmpty()) {
            if (drop.ifExists()) {
                return StatementResult.done();
            }
            throw MissingObjects.notFound(catalog, name, drop.kind().words().toLowerCase(Locale.ROOT))
                    .at(drop.name().span());
        }
        requireKind(found.get(), drop);
        LateTables lateTables = new LateTables(session);
        lateTables.refuseDrop(found.get(), drop.name().span());
        if (!drop.cascade()) {
            dependents().refuseIfRead(found.get(), drop.name().span(), "dropped");
        }
        List<CatalogObject> all = new ArrayList<>(dependents().of(found.get()));
        Collections.reverse(all);
        all.add(found.get());
        lateTables.of(found.get()).ifPresent(late -> {
            if (!drop.cascade()) {
                dependents().refuseIfRead(late, drop.name().span(), "dropped");
            }
            all.addAll(0, dependents().of(late));
            all.add(late);
        });
        all.forEach(object ->
                new TablesOfJobs(session).refuseIfUsed(object, drop.name().span()));
        all.stream().distinct().forEach(object -> session.engine().dropped(catalog.drop(object.name())));
        return StatementResult.done();
    }

    private Dependents dependents() {
        return new Dependents(catalog);
    }

    private static void requireKind(CatalogObject object, DropObject drop) {
        boolean fits = switch (drop.kind()) {
            case TABLE -> object instanceof Table table && table.kind() == TableKind.TABLE;
            case STREAM -> object instanceof Table table && table.kind() == TableKind.STREAM;
            case VIEW -> object instanceof View;
            case MATERIALIZED_VIEW -> object instanceof MaterializedView;
            case DATABASE, CATALOG -> false;
        };
        fits |= object instanceof Unreadable;
        if (!fits) {
            String kind = Catalogs.kind(object);
            throw SabotException.of(
                            ErrorCode.INVALID_DEFINITION,
                            "'" + object.name().name() + "' is a " + kind + ", not a "
                                    + drop.kind().words().toLowerCase(Locale.ROOT))
                    .at(drop.name().span())
                    .hint("write DROP " + kind.toUpperCase(Locale.ROOT));
        }
    }

    StatementResult truncate(Truncate truncate) {
        Table table = requireTable(
                catalog.resolve(truncate.table().values()), truncate.table().span());
        if (table.connector().isPresent()) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "only tables kept by the engine can be truncated")
                    .at(truncate.table().span())
                    .why("'" + table.name().name() + "' has the connector '"
                            + table.connector().get() + "'");
        }
        if (table.kind().appendOnly()) { // a stream begins anew, which nobody can follow
            dependents().refuseIfRead(table, truncate.table().span(), "truncated");
            new TablesOfJobs(session).refuseIfUsed(table, truncate.table().span());
        }
        session.engine().truncate(table);
        session.wrote(table);
        return StatementResult.done();
    }

    private Table requireTable(ObjectName name, SqlSpan span) {
        Optional<CatalogObject> found = catalog.find(name);
        if (found.isPresent() && found.get() instanceof Table table) {
            return table;
        }
        if (found.isPresent()) {
            throw SabotException.of(
                            ErrorCode.INVALID_DEFINITION,
                            "'" + name.name() + "' is a " + Catalogs.kind(found.get()) + ", not a table")
                    .at(span);
        }
        throw MissingObjects.notFound(catalog, name, "table").at(span);
    }
}
