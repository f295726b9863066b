package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.resolve.LateTable;
import java.util.Optional;

/** The streams of late rows beside tables with {@code sabot.late-rows}: they come and go with their table. */
final class LateTables {
    private final EngineSession session;
    private final SessionCatalog catalog;

    LateTables(EngineSession session) {
        this.session = session;
        this.catalog = session.sessionCatalog();
    }

    /** Throws when a table that is to be made cannot have such a stream; it has one already when it is replaced. */
    void refuse(CatalogObject object, SqlSpan span) {
        if (session.engine().isRestoring() || !(object instanceof Table table)) {
            return;
        }
        Optional<Table> late;
        try {
            late = LateTable.of(table);
        } catch (SabotException e) {
            throw e.at(span);
        }
        boolean replaces = catalog.find(table.name())
                .filter(before -> before instanceof Table old && LateTable.isAsked(old))
                .isPresent();
        late.flatMap(stream -> catalog.find(stream.name())).ifPresent(taken -> {
            if (!replaces) {
                throw SabotException.of(
                                ErrorCode.DUPLICATE_OBJECT, "'" + taken.name().name() + "' already exists")
                        .at(span)
                        .why("late rows of '" + table.name().name() + "' are kept under that name");
            }
        });
    }

    /** Drops the stream of a table that has gone, and makes that of one that has come. */
    void follow(Optional<CatalogObject> before, Optional<CatalogObject> after) {
        if (session.engine().isRestoring()) {
            return;
        }
        before.flatMap(this::of).ifPresent(late -> session.engine().dropped(catalog.drop(late.name())));
        after.filter(Table.class::isInstance)
                .flatMap(object -> LateTable.of((Table) object))
                .ifPresent(late -> session.engine().created(late, catalog.create(late, false)));
    }

    /** The stream of a table that asked for one. */
    Optional<CatalogObject> of(CatalogObject object) {
        return object instanceof Table table && LateTable.isAsked(table)
                ? catalog.find(LateTable.name(table.name()))
                : Optional.empty();
    }

    /** Throws when the object is the stream of a table. */
    void refuseDrop(CatalogObject object, SqlSpan span) {
        String name = object.name().name();
        if (!name.endsWith(LateTable.SUFFIX)) {
            return;
        }
        ObjectName table = new ObjectName(
                object.name().catalog(),
                object.name().database(),
                name.substring(0, name.length() - LateTable.SUFFIX.length()));
        if (catalog.find(table).flatMap(this::of).isPresent()) {
            throw SabotException.of(
                            ErrorCode.DEPENDENT_OBJECTS, "'" + name + "' holds the late rows of '" + table.name() + "'")
                    .at(span)
                    .hint("ALTER TABLE " + table.name() + " RESET ('" + LateTable.OPTION + "') drops it");
        }
    }
}
