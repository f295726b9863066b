package io.sabot.parser.statement;

import io.sabot.parser.text.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Writes statements in normal form. The one ladder over the family; tables have a class of their own. */
final class StatementText {
    private StatementText() {}

    static String of(Statement statement) {
        return write(statement).toString();
    }

    private static SqlText write(Statement statement) {
        SqlText text = new SqlText();
        if (statement instanceof Query query) {
            return query(text, query);
        } else if (statement instanceof Insert insert) {
            return insert(text, insert);
        } else if (statement instanceof StatementSet set) {
            return set(text, set);
        } else if (statement instanceof CreateTable create) {
            return TableText.write(text, create);
        } else if (statement instanceof CreateView create) {
            return view(text, create);
        } else if (statement instanceof CreateMaterializedView create) {
            return materializedView(text, create);
        } else if (statement instanceof CreateCatalog create) {
            text.words("CREATE CATALOG").wordsIf(create.ifNotExists(), "IF NOT EXISTS");
            return withOptions(comment(name(text, create.name()), create.comment()), create.options());
        } else if (statement instanceof CreateDatabase create) {
            text.words("CREATE DATABASE").wordsIf(create.ifNotExists(), "IF NOT EXISTS");
            return withOptions(comment(text.name(create.name().values()), create.comment()), create.options());
        } else if (statement instanceof AlterDatabase alter) {
            return text.words("ALTER DATABASE")
                    .name(alter.name().values())
                    .words("SET")
                    .list(options(alter.options()));
        } else if (statement instanceof DescribeDatabase describe) {
            return text.words("DESCRIBE DATABASE")
                    .wordsIf(describe.extended(), "EXTENDED")
                    .name(describe.name().values());
        } else if (statement instanceof CreateFunction create) {
            return function(text, create);
        } else if (statement instanceof DropFunction drop) {
            return text.words("DROP")
                    .wordsIf(drop.temporary(), "TEMPORARY")
                    .wordsIf(drop.system(), "SYSTEM")
                    .words("FUNCTION")
                    .wordsIf(drop.ifExists(), "IF EXISTS")
                    .name(drop.name().values());
        } else if (statement instanceof AddJar add) {
            return text.words("ADD JAR").words(SqlText.string(add.path().value()));
        } else if (statement instanceof RemoveJar remove) {
            return text.words("REMOVE JAR").words(SqlText.string(remove.path().value()));
        } else if (statement instanceof DropObject drop) {
            return text.words("DROP")
                    .wordsIf(drop.temporary(), "TEMPORARY")
                    .words(drop.kind().words())
                    .wordsIf(drop.ifExists(), "IF EXISTS")
                    .name(drop.name().values())
                    .wordsIf(drop.cascade(), "CASCADE");
        } else if (statement instanceof AlterTable alter) {
            return alter(text, alter);
        } else if (statement instanceof AlterView alter) {
            text.words("ALTER VIEW").name(alter.name().values());
            ObjectName newName = alter.newName();
            if (newName != null) {
                return text.words("RENAME TO").name(newName.values());
            }
            return query(text.words("AS").newLine(), Objects.requireNonNull(alter.query()));
        } else if (statement instanceof Update update) {
            text.words("UPDATE").name(update.table().values()).words("SET");
            text.words(String.join(", ", assignments(update.assignments())));
            return where(text, update.condition());
        } else if (statement instanceof Delete delete) {
            return where(text.words("DELETE FROM").name(delete.table().values()), delete.condition());
        } else if (statement instanceof Truncate truncate) {
            return text.words("TRUNCATE TABLE").name(truncate.table().values());
        }
        return lookingAndSteering(text, statement);
    }

    private static SqlText function(SqlText text, CreateFunction create) {
        text.words("CREATE")
                .wordsIf(create.temporary(), "TEMPORARY")
                .wordsIf(create.system(), "SYSTEM")
                .words("FUNCTION")
                .wordsIf(create.ifNotExists(), "IF NOT EXISTS")
                .name(create.name().values());
        if (create.body() instanceof CreateFunction.JavaClass java) {
            text.words("AS").words(SqlText.string(java.className().value())).words("LANGUAGE JAVA");
            String jars = java.jars().stream()
                    .map(jar -> "JAR " + SqlText.string(jar.value()))
                    .collect(Collectors.joining(", "));
            return text.wordsIf(!jars.isEmpty(), "USING").words(jars);
        }
        CreateFunction.SqlBody sql = (CreateFunction.SqlBody) create.body();
        String parameters = sql.parameters().stream()
                .map(parameter -> SqlText.identifier(parameter.name().value()) + " " + SqlText.of(parameter.type()))
                .collect(Collectors.joining(", ", "(", ")"));
        return text.words(parameters)
                .words("RETURNS")
                .words(SqlText.of(sql.result()))
                .words("LANGUAGE SQL AS")
                .words(SqlText.string(sql.text().value()));
    }

    private static SqlText lookingAndSteering(SqlText text, Statement statement) {
        if (statement instanceof UseCatalog use) {
            return name(text.words("USE CATALOG"), use.catalog());
        } else if (statement instanceof UseDatabase use) {
            return text.words("USE").name(use.database().values());
        } else if (statement instanceof Show show) {
            return show(text, show);
        } else if (statement instanceof ShowCreate show) {
            return text.words("SHOW CREATE")
                    .words(show.kind().words())
                    .name(show.name().values());
        } else if (statement instanceof Describe describe) {
            return text.words("DESCRIBE")
                    .wordsIf(describe.extended(), "EXTENDED")
                    .name(describe.table().values());
        } else if (statement instanceof Explain explain) {
            List<String> details =
                    explain.details().stream().map(ExplainDetail::name).toList();
            return text.words("EXPLAIN")
                    .words(details.isEmpty() ? "PLAN FOR" : String.join(", ", details))
                    .newLine()
                    .words(of(explain.statement()));
        } else if (statement instanceof SetOption set) {
            return text.words("SET").words(option(set.option()));
        } else if (statement instanceof ResetOption reset) {
            Name key = reset.key();
            return text.words("RESET").words(key == null ? "" : SqlText.string(key.value()));
        } else if (statement instanceof CancelJob cancel) {
            return name(text.words("CANCEL JOB"), cancel.job());
        } else if (statement instanceof PauseJob pause) {
            return name(text.words("PAUSE JOB"), pause.job());
        } else if (statement instanceof ResumeJob resume) {
            return name(text.words("RESUME JOB"), resume.job());
        } else if (statement instanceof DescribeFunction describe) {
            return text.words("DESCRIBE FUNCTION")
                    .wordsIf(describe.extended(), "EXTENDED")
                    .name(describe.function().values());
        } else if (statement instanceof DescribeJob describe) {
            return name(text.words("DESCRIBE JOB"), describe.job());
        } else if (statement instanceof CheckpointJob checkpoint) {
            return name(text.words("CHECKPOINT JOB"), checkpoint.job());
        } else if (statement instanceof SavepointJob savepoint) {
            return name(text.words("SAVEPOINT JOB"), savepoint.job())
                    .words("TO")
                    .words(SqlText.string(savepoint.directory().value()));
        } else if (statement instanceof StopJob stop) {
            return name(text.words("STOP JOB"), stop.job())
                    .wordsIf(stop.savepoint(), "WITH SAVEPOINT")
                    .wordsIf(stop.drain(), "WITH DRAIN");
        } else if (statement instanceof KillQuery kill) {
            return text.words("KILL QUERY").words(SqlText.string(kill.query().value()));
        }
        throw new AssertionError(statement);
    }

    static SqlText query(SqlText text, Query query) {
        text.words(SqlText.of(query.query()));
        return switch (query.emitMode()) {
            case NONE -> text;
            case CHANGES -> text.newLine().words("EMIT CHANGES");
            case ON_WINDOW_CLOSE -> text.newLine().words("EMIT ON WINDOW CLOSE");
        };
    }

    private static SqlText insert(SqlText text, Insert insert) {
        text.words("INSERT").words(insert.overwrite() ? "OVERWRITE" : "INTO");
        text.name(insert.target().values());
        if (!insert.targetOptions().isEmpty()) {
            text.words("/*+ OPTIONS").list(options(insert.targetOptions())).words("*/");
        }
        if (!insert.partition().isEmpty()) {
            text.words("PARTITION").list(assignments(insert.partition()));
        }
        if (!insert.columns().isEmpty()) {
            text.list(names(insert.columns()));
        }
        query(text.newLine(), insert.query());
        return switch (insert.onConflict()) {
            case NONE -> text;
            case ERROR, NOTHING, DEDUPLICATE -> text.newLine().words("ON CONFLICT DO " + insert.onConflict());
        };
    }

    private static SqlText set(SqlText text, StatementSet set) {
        text.words("EXECUTE STATEMENT SET BEGIN").newLine();
        set.inserts().forEach(insert -> text.words(of(insert) + ";").newLine());
        return text.words("END");
    }

    private static SqlText view(SqlText text, CreateView create) {
        text.words("CREATE")
                .wordsIf(create.orReplace(), "OR REPLACE")
                .wordsIf(create.temporary(), "TEMPORARY")
                .words("VIEW")
                .wordsIf(create.ifNotExists(), "IF NOT EXISTS")
                .name(create.name().values());
        columns(text, create.columns());
        return query(comment(text, create.comment()).words("AS").newLine(), create.query());
    }

    private static SqlText materializedView(SqlText text, CreateMaterializedView create) {
        text.words("CREATE")
                .wordsIf(create.orReplace(), "OR REPLACE")
                .words("MATERIALIZED VIEW")
                .wordsIf(create.ifNotExists(), "IF NOT EXISTS")
                .name(create.name().values());
        columns(text, create.columns());
        withOptions(comment(text, create.comment()), create.options());
        return query(text.words("AS").newLine(), create.query());
    }

    private static SqlText alter(SqlText text, AlterTable alter) {
        text.words("ALTER")
                .words(alter.kind().name())
                .wordsIf(alter.ifExists(), "IF EXISTS")
                .name(alter.name().values());
        AlterTable.Action action = alter.action();
        if (action instanceof AlterTable.Rename rename) {
            return text.words("RENAME TO").name(rename.newName().values());
        } else if (action instanceof AlterTable.SetOptions set) {
            return text.words("SET").list(options(set.options()));
        } else if (action instanceof AlterTable.ResetOptions reset) {
            return text.words("RESET")
                    .list(reset.keys().stream()
                            .map(key -> SqlText.string(key.value()))
                            .toList());
        } else if (action instanceof AlterTable.Add add) {
            return text.words("ADD").list(changes(add.changes()));
        } else if (action instanceof AlterTable.Modify modify) {
            return text.words("MODIFY").list(changes(modify.changes()));
        } else if (action instanceof AlterTable.DropColumns drop) {
            return text.words("DROP").list(names(drop.columns()));
        } else if (action instanceof AlterTable.DropPrimaryKey) {
            return text.words("DROP PRIMARY KEY");
        } else if (action instanceof AlterTable.DropWatermark) {
            return text.words("DROP WATERMARK");
        } else if (action instanceof AlterTable.RenameColumn rename) {
            return name(name(text.words("RENAME"), rename.column()).words("TO"), rename.newName());
        }
        throw new AssertionError(action);
    }

    private static List<String> changes(AlterTable.Changes changes) {
        List<String> items = new ArrayList<>();
        for (AlterTable.PlacedColumn placed : changes.columns()) {
            Name after = placed.after();
            items.add(TableText.column(placed.column())
                    + (placed.first() ? " FIRST" : "")
                    + (after == null ? "" : " AFTER " + SqlText.identifier(after.value())));
        }
        if (changes.watermark() != null) {
            items.add(TableText.watermark(changes.watermark()));
        }
        if (changes.primaryKey() != null) {
            items.add(TableText.primaryKey(changes.primaryKey()));
        }
        return items;
    }

    private static SqlText show(SqlText text, Show show) {
        text.words("SHOW").words(show.kind().words());
        ObjectName in = show.in();
        if (in != null) {
            text.words("FROM").name(in.values());
        }
        LikePattern like = show.like();
        if (like != null) {
            text.wordsIf(like.negated(), "NOT")
                    .words(like.ignoreCase() ? "ILIKE" : "LIKE")
                    .words(SqlText.string(like.pattern()));
        }
        return text;
    }

    private static SqlText where(SqlText text, @Nullable SqlNode condition) {
        return condition == null ? text : text.words("WHERE").words(SqlText.of(condition));
    }

    static SqlText name(SqlText text, Name name) {
        return text.words(SqlText.identifier(name.value()));
    }

    static SqlText columns(SqlText text, List<Name> columns) {
        return columns.isEmpty() ? text : text.list(names(columns));
    }

    static SqlText comment(SqlText text, String comment) {
        return comment.isEmpty() ? text : text.words("COMMENT").words(SqlText.string(comment));
    }

    static SqlText withOptions(SqlText text, Options options) {
        return options.isEmpty() ? text : text.words("WITH").lines(options(options));
    }

    static List<String> names(List<Name> names) {
        return names.stream().map(name -> SqlText.identifier(name.value())).toList();
    }

    private static List<String> options(Options options) {
        return options.entries().stream().map(StatementText::option).toList();
    }

    private static String option(OptionEntry entry) {
        return SqlText.string(entry.key()) + " = " + SqlText.string(entry.value());
    }

    private static List<String> assignments(List<Assignment> assignments) {
        List<String> texts = new ArrayList<>();
        assignments.forEach(assignment ->
                texts.add(SqlText.identifier(assignment.column().value()) + " = " + SqlText.of(assignment.value())));
        return texts;
    }
}
