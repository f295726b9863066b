package io.sabot.server.session;

import io.sabot.catalog.Unreadable;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.CancelJob;
import io.sabot.parser.statement.DescribeJob;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.PauseJob;
import io.sabot.parser.statement.ResumeJob;
import io.sabot.parser.statement.StopJob;
import io.sabot.server.job.Job;
import io.sabot.server.job.JobPhase;
import io.sabot.server.job.Jobs;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Statements that steer jobs. */
final class JobStatements {
    private final EngineSession session;
    private final Jobs jobs;

    JobStatements(EngineSession session) {
        this.session = session;
        this.jobs = session.engine().jobs();
    }

    private StatementResult on(Name job, Runnable action) {
        try {
            action.run();
            return StatementResult.done();
        } catch (SabotException e) {
            throw e.at(job.span());
        }
    }

    StatementResult cancel(CancelJob cancel) {
        return on(cancel.job(), () -> cancel(cancel.job().value()));
    }

    /** Without a savepoint, stopping for good is cancelling. */
    StatementResult stop(StopJob stop) {
        if (stop.savepoint() || stop.drain()) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "STOP JOB with a savepoint is not supported yet")
                    .at(stop.job().span())
                    .hint("PAUSE JOB stops it behind a checkpoint from which RESUME JOB goes on");
        }
        return on(stop.job(), () -> cancel(stop.job().value()));
    }

    private void cancel(String job) {
        session.engine().viewOf(job).ifPresent(view -> {
            throw SabotException.of(
                            ErrorCode.INVALID_STATE, "job '" + job + "' keeps materialized view '" + view.name() + "'")
                    .hint("DROP MATERIALIZED VIEW ends it, PAUSE JOB lets it rest");
        });
        jobs.cancel(job);
    }

    StatementResult pause(PauseJob pause) {
        return on(pause.job(), () -> jobs.pause(pause.job().value()));
    }

    /** Settings of this session that say how to run, and not what, hold for the job from now on. */
    StatementResult resume(ResumeJob resume) {
        Map<String, String> settings = new HashMap<>(session.settings().values());
        settings.keySet().retainAll(List.of(SettingSpecs.PARALLELISM, SettingSpecs.BATCH_ROWS));
        return on(resume.job(), () -> resume(resume.job().value(), settings));
    }

    /** The job of a view that could not be read starts with the view. */
    private void resume(String job, Map<String, String> settings) {
        boolean unread = session.engine()
                .viewOf(job)
                .flatMap(session.sessionCatalog()::find)
                .filter(Unreadable.class::isInstance)
                .isPresent();
        if (unread) {
            UnreadObjects.readAgain(session.engine());
        }
        if (!unread || jobs.get(job).phase() != JobPhase.RUNNING) {
            jobs.resume(job, settings);
        }
    }

    StatementResult describe(DescribeJob describe) {
        Job job;
        try {
            job = jobs.get(describe.job().value());
        } catch (SabotException e) {
            throw e.at(describe.job().span());
        }
        TextRows.Builder rows = new TextRows.Builder("property", "value");
        rows.add("name", job.name());
        rows.add("state", job.phase().name().toLowerCase(Locale.ROOT));
        rows.add("started", job.created().toString());
        rows.add("restarts", Integer.toString(job.restarts()));
        rows.add("rows written", Long.toString(job.rowsWritten()));
        rows.add("last checkpoint", Long.toString(job.lastCheckpoint()));
        job.metrics()
                .ifPresent(metrics -> metrics.snapshot()
                        .forEach((operator, counters) -> counters.forEach(
                                (name, value) -> rows.add(operator + " " + name, Long.toString(value)))));
        job.failure()
                .ifPresent(failure ->
                        rows.add("failure", failure.render(job.definition().sql())));
        rows.add("sql", job.definition().sql());
        return rows.build(session.engine().allocator());
    }
}
