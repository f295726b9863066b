package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;

/**
 * One parsed statement. Names are as written, nothing has been looked up.
 *
 * <p>Two statements mean the same if their {@link #toSql()} is the same; {@code equals} also compares places in the
 * text and, for queries, node identity.
 */
public sealed interface Statement
        permits AddJar,
                AlterDatabase,
                AlterTable,
                AlterView,
                CancelJob,
                CheckpointJob,
                CreateCatalog,
                CreateDatabase,
                CreateFunction,
                CreateMaterializedView,
                CreateTable,
                CreateView,
                Delete,
                Describe,
                DescribeDatabase,
                DescribeFunction,
                DescribeJob,
                DropFunction,
                DropObject,
                Explain,
                Insert,
                KillQuery,
                PauseJob,
                Query,
                RemoveJar,
                ResetOption,
                ResumeJob,
                SavepointJob,
                SetOption,
                Show,
                ShowCreate,
                StatementSet,
                StopJob,
                Truncate,
                Update,
                UseCatalog,
                UseDatabase {
    /** Its text and place. */
    Source source();

    /** As written, without the semicolon. */
    default String text() {
        return source().text();
    }

    /** Its place in the whole script. */
    default SqlSpan span() {
        return source().span();
    }

    /**
     * The statement in normal form: capitals for keywords, backticks around every name, defaults left out.
     * Deterministic and complete: parsing it gives the same statement again.
     */
    default String toSql() {
        return StatementText.of(this);
    }
}
