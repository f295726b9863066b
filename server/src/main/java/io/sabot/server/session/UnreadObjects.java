package io.sabot.server.session;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.Catalogs;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.Unreadable;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.Statement;
import io.sabot.server.job.JobPhase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a durable catalog has and could not make again when it was opened, since a jar was missing for instance: it keeps its
 * place, its rows and its job, and is made when what was missing is there.
 */
final class UnreadObjects {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadObjects.class);

    private final EngineSession session;
    private final Engine engine;

    UnreadObjects(EngineSession session) {
        this.session = session;
        this.engine = session.engine();
    }

    /** Puts a statement into the catalog that cannot be run now; throws the reason where it makes no object. */
    void keep(Statement statement, SabotException why) {
        String reason = why.what() + why.why().map(text -> ": " + text).orElse("");
        ObjectName name;
        String kind;
        if (statement instanceof CreateView view) {
            name = view.name();
            kind = "view";
        } else if (statement instanceof CreateMaterializedView view) {
            name = view.name();
            kind = Unreadable.MATERIALIZED_VIEW;
        } else if (statement instanceof CreateTable table) {
            name = table.name();
            kind = table.kind().name().toLowerCase(Locale.ROOT);
        } else {
            throw why;
        }
        LOG.warn("object={} state=unreadable cause={}", name, reason);
        session.sessionCatalog()
                .create(
                        new Unreadable(session.sessionCatalog().resolve(name.values()), kind, statement.text(), reason),
                        false);
    }

    /**
     * Tries again, what stands upon others behind them, and starts the jobs that could not be started for want of them. As when
     * the engine opens, what some client has set or made for itself alone does not count.
     */
    static void readAgain(Engine engine) {
        try (EngineSession session = engine.newSession(Map.of())) {
            UnreadObjects objects = new UnreadObjects(session);
            boolean more = true;
            while (more) {
                more = false;
                for (Unreadable object : objects.unread()) {
                    more |= objects.readAgain(object);
                }
            }
        }
    }

    private List<Unreadable> unread() {
        Catalogs catalogs = engine.catalogs();
        return catalogs.catalogs().stream()
                .flatMap(catalog -> catalogs.databases(catalog).stream()
                        .flatMap(database -> catalogs.objects(catalog, database).stream()))
                .filter(Unreadable.class::isInstance)
                .map(Unreadable.class::cast)
                .toList();
    }

    private boolean readAgain(Unreadable object) {
        try {
            CatalogObject made = made(SqlParser.parse(object.createSql()));
            if (!engine.catalogs().replace(object, made)) {
                return false; // it has been dropped or replaced meanwhile
            }
            engine.created(made, Optional.empty()); // its rows are where they were
            if (made instanceof MaterializedView) {
                startJob(Engine.jobOf(made.name()));
            }
            return true;
        } catch (SabotException | CatalogException e) {
            LOG.debug("object={} state=unreadable", object.name(), e);
            return false;
        }
    }

    private CatalogObject made(Statement statement) {
        if (statement instanceof CreateView view) {
            return session.planner().resolveView(view);
        }
        if (statement instanceof CreateMaterializedView view) {
            return session.planner().resolveMaterializedView(view);
        }
        if (statement instanceof CreateTable table) {
            return session.planner().resolveTable(table);
        }
        throw new AssertionError(statement);
    }

    /** A job that had failed before the engine was opened has no failure, and stays as it is. */
    private void startJob(String name) {
        boolean missed = engine.jobs()
                .find(name)
                .filter(job -> job.phase() == JobPhase.FAILED && job.failure().isPresent())
                .isPresent();
        if (missed) {
            try {
                engine.jobs().resume(name, Map.of());
            } catch (SabotException e) {
                LOG.warn("job={} action=resume-failed cause={}", name, e.what());
            }
        }
    }
}
