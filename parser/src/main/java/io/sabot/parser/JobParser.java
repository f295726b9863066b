package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.impl.Token;
import io.sabot.parser.statement.CancelJob;
import io.sabot.parser.statement.CheckpointJob;
import io.sabot.parser.statement.KillQuery;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.PauseJob;
import io.sabot.parser.statement.ResumeJob;
import io.sabot.parser.statement.SavepointJob;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.StopJob;
import java.util.List;

/** Steering jobs and queries. */
final class JobParser {
    private static final List<String[]> RESUME_CLAUSES = List.of(
            new String[] {"FROM", "CHECKPOINT"},
            new String[] {"WITHOUT", "STATE"},
            new String[] {"SKIP", "BAD", "RECORDS"},
            new String[] {"WITH"});

    private final Cursor cursor;

    JobParser(Cursor cursor) {
        this.cursor = cursor;
    }

    Statement parse() {
        Token first = cursor.take();
        String verb = Words.upper(first.image);
        cursor.expect("KILL".equals(verb) ? "QUERY" : "JOB");
        Name name = cursor.nameOrString();
        return switch (verb) {
            case "CANCEL" -> new CancelJob(cursor.sourceFrom(first), name);
            case "PAUSE" -> new PauseJob(cursor.sourceFrom(first), name);
            case "RESUME" -> resume(first, name);
            case "CHECKPOINT" -> new CheckpointJob(cursor.sourceFrom(first), name);
            case "KILL" -> new KillQuery(cursor.sourceFrom(first), name);
            case "SAVEPOINT" -> {
                cursor.expect("TO");
                Name directory = cursor.string();
                yield new SavepointJob(cursor.sourceFrom(first), name, directory);
            }
            case "STOP" -> stop(first, name);
            default -> throw new AssertionError(verb);
        };
    }

    private Statement resume(Token first, Name job) {
        for (String[] words : RESUME_CLAUSES) {
            if (cursor.at(words)) {
                String clause = String.join(" ", words);
                throw SabotException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED, "RESUME JOB … " + clause + " is not supported yet")
                        .at(cursor.script().span(cursor.peek(1), cursor.peek(words.length)))
                        .hint("RESUME JOB alone goes on from the last checkpoint");
            }
        }
        return new ResumeJob(cursor.sourceFrom(first), job);
    }

    private Statement stop(Token first, Name job) {
        boolean savepoint = false;
        boolean drain = false;
        while (cursor.at("WITH")) {
            if (!savepoint && cursor.accept("WITH", "SAVEPOINT")) {
                savepoint = true;
            } else if (!drain && cursor.accept("WITH", "DRAIN")) {
                drain = true;
            } else {
                cursor.take();
                throw cursor.unexpected("SAVEPOINT", "DRAIN");
            }
        }
        return new StopJob(cursor.sourceFrom(first), job, savepoint, drain);
    }
}
