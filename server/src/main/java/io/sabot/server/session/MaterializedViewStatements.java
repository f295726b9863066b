package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Unreadable;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.server.job.Job;
import io.sabot.server.job.JobDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** CREATE MATERIALIZED VIEW: a table that a job of its own keeps up to date. */
final class MaterializedViewStatements {
    private final EngineSession session;
    private final Engine engine;

    MaterializedViewStatements(EngineSession session) {
        this.session = session;
        this.engine = session.engine();
    }

    StatementResult create(CreateMaterializedView create) {
        ObjectName name = session.sessionCatalog().resolve(create.name().values());
        Optional<CatalogObject> present = session.sessionCatalog().find(name);
        if (present.isPresent() && !create.orReplace()) {
            return existing(present.get(), create);
        }
        MaterializedView view = session.planner().resolveMaterializedView(create);
        present.ifPresent(before -> replace(before, view, create));
        engine.created(view, session.sessionCatalog().create(view, create.orReplace()));
        if (engine.isRestoring()) {
            return StatementResult.done();
        }
        Job job;
        try {
            job = engine.jobs().start(job(view, create));
        } catch (RuntimeException e) {
            engine.dropped(session.sessionCatalog().drop(name));
            throw e;
        }
        if (session.settings().waitsForDml()) {
            session.await(job);
        }
        job.failure().ifPresent(failure -> {
            throw failure;
        });
        List<String> warnings = new ViewFrontiers(session).awaitContent(view);
        return new StatementResult(Optional.empty(), -1, warnings);
    }

    private StatementResult existing(CatalogObject present, CreateMaterializedView create) {
        boolean same = create.ifNotExists()
                && present instanceof MaterializedView
                && session.planner().resolveMaterializedView(create).createSql().equals(present.createSql());
        if (same) {
            return StatementResult.done();
        }
        SabotException error = SabotException.of(
                        ErrorCode.DUPLICATE_OBJECT,
                        "'" + present.name().name() + "' already exists"
                                + (create.ifNotExists() ? " with another definition" : ""))
                .at(create.name().span());
        throw create.ifNotExists()
                ? error.hint("SHOW CREATE MATERIALIZED VIEW shows it; CREATE OR REPLACE builds it anew")
                : error.hint("CREATE OR REPLACE MATERIALIZED VIEW builds it anew, IF NOT EXISTS leaves it as it is");
    }

    private void replace(CatalogObject before, MaterializedView view, CreateMaterializedView create) {
        boolean unread = before instanceof Unreadable unreadable && unreadable.materialized();
        if (!(before instanceof MaterializedView) && !unread) {
            throw SabotException.of(
                            ErrorCode.DUPLICATE_OBJECT, "'" + before.name().name() + "' is no materialized view")
                    .at(create.name().span())
                    .hint("drop it first");
        }
        if (dependents().inputsOf(view).contains(view.name())) {
            throw SabotException.of(ErrorCode.INVALID_DEFINITION, "a materialized view cannot read itself")
                    .at(create.name().span());
        }
        dependents().refuseIfRead(before, create.name().span(), "replaced");
    }

    private Dependents dependents() {
        return new Dependents(session.sessionCatalog());
    }

    private JobDefinition job(MaterializedView view, CreateMaterializedView create) {
        Map<String, String> settings = new HashMap<>(session.settings().values());
        settings.remove(SettingSpecs.JOB_NAME);
        return new JobDefinition(
                Engine.jobOf(view.name()),
                create.text(),
                session.catalog().currentCatalog(),
                session.catalog().currentDatabase(),
                settings,
                true);
    }
}
