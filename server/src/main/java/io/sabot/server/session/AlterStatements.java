package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.Catalogs;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.Unreadable;
import io.sabot.catalog.View;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.AlterTable;
import io.sabot.parser.statement.AlterView;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.OptionEntry;
import io.sabot.planner.resolve.AlteredDefinition;
import io.sabot.planner.resolve.LateTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** ALTER TABLE, STREAM and VIEW. The changed definition is checked as a CREATE of it would be. */
final class AlterStatements {
    private final EngineSession session;
    private final SessionCatalog catalog;

    AlterStatements(EngineSession session) {
        this.session = session;
        this.catalog = session.sessionCatalog();
    }

    StatementResult alter(AlterTable alter) {
        ObjectName name = catalog.resolve(alter.name().values());
        if (alter.ifExists() && catalog.find(name).isEmpty()) {
            return StatementResult.done();
        }
        Table table = table(name, alter.name().span());
        new Dependents(catalog).refuseIfRead(table, alter.name().span(), "altered");
        new TablesOfJobs(session).refuseIfUsed(table, alter.name().span());
        if (alter.action() instanceof AlterTable.Rename rename) {
            return rename(table, rename);
        }
        Table changed = changed(table, alter);
        checkRows(table, changed, alter);
        LateTables lateTables = new LateTables(session);
        if (!LateTable.isAsked(table)) {
            lateTables.refuse(changed, alter.name().span());
        }
        catalog.create(changed, true);
        if (changed.connector().isEmpty()) {
            session.engine().altered(changed);
        }
        if (LateTable.isAsked(table) != LateTable.isAsked(changed)) {
            lateTables.follow(Optional.of(table), Optional.of(changed));
        }
        return StatementResult.done();
    }

    private Table table(ObjectName name, SqlSpan span) {
        CatalogObject object = catalog.find(name)
                .orElseThrow(
                        () -> MissingObjects.notFound(catalog, name, "table").at(span));
        if (object instanceof Table table) {
            return table;
        }
        throw SabotException.of(
                        ErrorCode.INVALID_DEFINITION,
                        "'" + name.name() + "' is a " + Catalogs.kind(object) + ", not a table")
                .at(span)
                .hint(howToChange(object));
    }

    private static String howToChange(CatalogObject object) {
        String kind = Catalogs.kind(object);
        return kind.equals(Unreadable.MATERIALIZED_VIEW)
                ? "CREATE OR REPLACE MATERIALIZED VIEW " + object.name().name() + " defines it anew and builds it again"
                : "write ALTER " + kind.toUpperCase(Locale.ROOT);
    }

    private Table changed(Table table, AlterTable alter) {
        CreateTable create = (CreateTable) SqlParser.parse(table.createSql());
        try {
            CreateTable next = new AlteredDefinition(create, options(table, alter)).apply(alter.action());
            return session.planner().resolveTable(next);
        } catch (SabotException e) {
            throw SabotException.of(e.code(), e.what())
                    .at(alter.span())
                    .why(e.why().orElse(""))
                    .hint(e.hint().orElse(""))
                    .causedBy(e);
        }
    }

    private static Map<String, String> options(Table table, AlterTable alter) {
        Map<String, String> options = new LinkedHashMap<>(table.options());
        if (alter.action() instanceof AlterTable.SetOptions set) {
            for (OptionEntry entry : set.options().entries()) {
                options.put(entry.key(), entry.value());
            }
        } else if (alter.action() instanceof AlterTable.ResetOptions reset) {
            reset.keys().forEach(key -> options.remove(key.value()));
        }
        return options;
    }

    /** Rows that the engine keeps must fit the new definition. */
    private void checkRows(Table before, Table after, AlterTable alter) {
        if (before.connector().isPresent() != after.connector().isPresent()) {
            throw refused("the connector of a table cannot be changed by ALTER", alter);
        }
        if (before.connector().isPresent()) {
            return;
        }
        if (alter.action() instanceof AlterTable.RenameColumn) {
            throw refused("columns of a table with rows of its own cannot be renamed yet", alter)
                    .hint("CREATE TABLE … AS SELECT makes a table with other names");
        }
        boolean empty = session.engine().rows(before).isEmpty();
        for (Field field : after.sinkSchema().fields()) {
            OptionalInt known = before.sinkSchema().indexOf(field.name());
            DataType type = known.isPresent() ? before.sinkSchema().type(known.getAsInt()) : null;
            if (type != null && !type.sameIgnoringNull(field.type())) {
                throw refused("the type of column '" + field.name() + "' cannot be changed: the table has rows", alter)
                        .hint("CREATE TABLE … AS SELECT CAST(…) makes a table with other types");
            }
            if (!empty && !field.type().nullable() && (type == null || type.nullable())) {
                throw refused("column '" + field.name() + "' cannot be NOT NULL: the table has rows", alter);
            }
        }
    }

    private static SabotException refused(String what, AlterTable alter) {
        return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what).at(alter.span());
    }

    private StatementResult rename(Table table, AlterTable.Rename rename) {
        ObjectName newName = catalog.resolve(rename.newName().values());
        Table renamed = new Table(
                newName,
                table.kind(),
                table.columns(),
                table.primaryKey(),
                table.watermark(),
                table.partitionedBy(),
                table.options(),
                table.comment(),
                table.temporary());
        if (catalog.find(newName).isPresent()) {
            throw SabotException.of(ErrorCode.DUPLICATE_OBJECT, "'" + newName.name() + "' already exists")
                    .at(rename.newName().span());
        }
        if (LateTable.isAsked(table)) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "'" + table.name().name() + "' cannot be renamed while it keeps late rows")
                    .at(rename.newName().span())
                    .hint("ALTER TABLE … RESET ('" + LateTable.OPTION + "') first, which drops them");
        }
        if (table.connector().isEmpty()) {
            session.engine().copyRows(table, renamed);
        }
        catalog.create(renamed, false);
        session.engine().dropped(catalog.drop(table.name()));
        return StatementResult.done();
    }

    StatementResult alter(AlterView alter) {
        ObjectName name = catalog.resolve(alter.name().values());
        CatalogObject object = catalog.find(name)
                .orElseThrow(() -> MissingObjects.notFound(catalog, name, "view")
                        .at(alter.name().span()));
        if (!(object instanceof View view)) {
            throw SabotException.of(
                            ErrorCode.INVALID_DEFINITION,
                            "'" + name.name() + "' is a " + Catalogs.kind(object) + ", not a view")
                    .at(alter.name().span())
                    .hint(howToChange(object));
        }
        new Dependents(catalog).refuseIfRead(view, alter.name().span(), "altered");
        if (alter.newName() != null) {
            ObjectName newName = catalog.resolve(alter.newName().values());
            catalog.create(new View(newName, view.schema(), view.querySql(), view.comment(), view.temporary()), false);
            catalog.drop(name);
        } else if (alter.query() != null) {
            catalog.create(
                    session.planner()
                            .resolveView(new CreateView(
                                    alter.source(),
                                    true,
                                    view.temporary(),
                                    false,
                                    alter.name(),
                                    List.of(),
                                    view.comment(),
                                    alter.query())),
                    true);
        }
        return StatementResult.done();
    }
}
