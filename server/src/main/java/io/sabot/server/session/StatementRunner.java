package io.sabot.server.session;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.AddJar;
import io.sabot.parser.statement.AlterDatabase;
import io.sabot.parser.statement.AlterTable;
import io.sabot.parser.statement.AlterView;
import io.sabot.parser.statement.CancelJob;
import io.sabot.parser.statement.CheckpointJob;
import io.sabot.parser.statement.CreateCatalog;
import io.sabot.parser.statement.CreateDatabase;
import io.sabot.parser.statement.CreateFunction;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.Delete;
import io.sabot.parser.statement.Describe;
import io.sabot.parser.statement.DescribeDatabase;
import io.sabot.parser.statement.DescribeFunction;
import io.sabot.parser.statement.DescribeJob;
import io.sabot.parser.statement.DropFunction;
import io.sabot.parser.statement.DropObject;
import io.sabot.parser.statement.Explain;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.KillQuery;
import io.sabot.parser.statement.PauseJob;
import io.sabot.parser.statement.Query;
import io.sabot.parser.statement.RemoveJar;
import io.sabot.parser.statement.ResetOption;
import io.sabot.parser.statement.ResumeJob;
import io.sabot.parser.statement.SavepointJob;
import io.sabot.parser.statement.SetOption;
import io.sabot.parser.statement.Show;
import io.sabot.parser.statement.ShowCreate;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.StatementSet;
import io.sabot.parser.statement.StopJob;
import io.sabot.parser.statement.Truncate;
import io.sabot.parser.statement.Update;
import io.sabot.parser.statement.UseCatalog;
import io.sabot.parser.statement.UseDatabase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends each kind of statement to what runs it. */
final class StatementRunner {
    private final EngineSession session;

    StatementRunner(EngineSession session) {
        this.session = session;
    }

    StatementResult run(Statement statement, List<@Nullable Object> parameters) {
        QueryStatements queries = new QueryStatements(session);
        if (statement instanceof Query query) {
            return queries.select(query, parameters);
        } else if (statement instanceof Insert insert) {
            return queries.insert(insert, parameters);
        } else if (statement instanceof StatementSet set) {
            return queries.insertAll(set);
        } else if (statement instanceof Update update) {
            return new RowChangeStatements(session).update(update, parameters);
        } else if (statement instanceof Delete delete) {
            return new RowChangeStatements(session).delete(delete, parameters);
        } else if (statement instanceof Explain explain) {
            return queries.explain(explain);
        } else if (statement instanceof SetOption set) {
            return set(set);
        } else if (statement instanceof ResetOption reset) {
            return reset(reset);
        } else if (statement instanceof Show show) {
            return new ShowStatements(session).show(show);
        } else if (statement instanceof ShowCreate show) {
            return new ShowStatements(session).showCreate(show);
        } else if (statement instanceof Describe describe) {
            return new ShowStatements(session).describe(describe);
        } else if (statement instanceof DescribeDatabase describe) {
            return new DatabaseStatements(session).describe(describe);
        } else if (statement instanceof DescribeFunction describe) {
            return new FunctionStatements(session).describe(describe);
        }
        return define(statement);
    }

    private StatementResult define(Statement statement) {
        CatalogStatements catalog = new CatalogStatements(session);
        if (statement instanceof CreateTable create) {
            return catalog.createTable(create);
        } else if (statement instanceof CreateView create) {
            return catalog.createView(create);
        } else if (statement instanceof CreateFunction create) {
            return new UserFunctionStatements(session).create(create);
        } else if (statement instanceof DropFunction drop) {
            return new UserFunctionStatements(session).drop(drop);
        } else if (statement instanceof AddJar add) {
            return new UserFunctionStatements(session).addJar(add);
        } else if (statement instanceof RemoveJar remove) {
            return new UserFunctionStatements(session).removeJar(remove);
        } else if (statement instanceof CreateMaterializedView create) {
            return new MaterializedViewStatements(session).create(create);
        } else if (statement instanceof CreateDatabase create) {
            return new DatabaseStatements(session).create(create);
        } else if (statement instanceof AlterDatabase alter) {
            return new DatabaseStatements(session).alter(alter);
        } else if (statement instanceof CreateCatalog create) {
            return catalog.createCatalog(create);
        } else if (statement instanceof DropObject drop) {
            return catalog.drop(drop);
        } else if (statement instanceof AlterTable alter) {
            return new AlterStatements(session).alter(alter);
        } else if (statement instanceof AlterView alter) {
            return new AlterStatements(session).alter(alter);
        } else if (statement instanceof Truncate truncate) {
            return catalog.truncate(truncate);
        } else if (statement instanceof UseCatalog use) {
            session.sessionCatalog().useCatalog(use.catalog().value());
            return StatementResult.done();
        } else if (statement instanceof UseDatabase use) {
            return catalog.useDatabase(use);
        }
        return steer(statement);
    }

    private StatementResult steer(Statement statement) {
        JobStatements jobs = new JobStatements(session);
        if (statement instanceof CancelJob cancel) {
            return jobs.cancel(cancel);
        } else if (statement instanceof StopJob stop) {
            return jobs.stop(stop);
        } else if (statement instanceof PauseJob pause) {
            return jobs.pause(pause);
        } else if (statement instanceof ResumeJob resume) {
            return jobs.resume(resume);
        } else if (statement instanceof DescribeJob describe) {
            return jobs.describe(describe);
        } else if (statement instanceof KillQuery kill) {
            session.engine().queries().kill(kill.query().value());
            return StatementResult.done();
        }
        throw refused(statement);
    }

    private static SabotException refused(Statement statement) {
        if (statement instanceof CheckpointJob) {
            return unsupported(statement, "CHECKPOINT JOB")
                    .hint("SET 'execution.checkpointing.interval' makes checkpoints from time to time");
        } else if (statement instanceof SavepointJob) {
            return unsupported(statement, "SAVEPOINT JOB")
                    .hint("PAUSE JOB and RESUME JOB keep the state in the engine");
        }
        throw new AssertionError(statement);
    }

    private static SabotException unsupported(Statement statement, String what) {
        return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported yet")
                .at(statement.span());
    }

    private StatementResult set(SetOption set) {
        try {
            Optional<String> warning =
                    session.settings().set(set.option().key(), set.option().value());
            return new StatementResult(Optional.empty(), -1, warning.stream().toList());
        } catch (SabotException e) {
            throw e.at(set.option().keySpan());
        }
    }

    private StatementResult reset(ResetOption reset) {
        if (reset.key() == null) {
            session.settings().resetAll();
        } else {
            session.settings().reset(reset.key().value());
        }
        return StatementResult.done();
    }
}
