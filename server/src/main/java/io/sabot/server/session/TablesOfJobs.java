package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.ObjectName;
import io.sabot.parser.SqlParser;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.Insert;
import io.sabot.parser.statement.Statement;
import io.sabot.parser.statement.StatementSet;
import io.sabot.planner.resolve.ReadNames;
import io.sabot.planner.resolve.ViewResolver;
import io.sabot.server.job.Job;
import io.sabot.server.job.JobDefinition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/**
 * What the INSERT jobs of the engine read and write by name, also through views. Jobs that are paused count: they want to go
 * on. The jobs of materialized views refuse nothing: views hold on to what they read themselves.
 */
final class TablesOfJobs {
    private final EngineSession session;

    TablesOfJobs(EngineSession session) {
        this.session = session;
    }

    /** Throws 55006 when a job reads or writes the object. */
    void refuseIfUsed(CatalogObject object, SqlSpan span) {
        if (object.temporary()) {
            return;
        }
        for (Job job : session.engine().jobs().list()) {
            boolean insert = !(SqlParser.parse(job.definition().sql()) instanceof CreateMaterializedView);
            if (insert && !job.phase().isOver() && of(job.definition()).contains(object.name())) {
                throw SabotException.of(
                                ErrorCode.OBJECT_IN_USE,
                                "'" + object.name().name() + "' is in use by job '" + job.name() + "'")
                        .at(span)
                        .hint("CANCEL JOB " + job.name() + " first");
            }
        }
    }

    /** Names of all that a job reads and writes. */
    Set<ObjectName> of(JobDefinition job) {
        Statement statement = SqlParser.parse(job.sql());
        List<Insert> inserts = statement instanceof Insert insert
                ? List.of(insert)
                : statement instanceof StatementSet set ? set.inserts() : List.of();
        Set<ObjectName> names = new LinkedHashSet<>();
        try (EngineSession asked = session.engine().newSession(java.util.Map.of())) {
            SessionCatalog catalog = asked.sessionCatalog();
            catalog.useDatabase(job.catalog(), job.database());
            if (statement instanceof CreateMaterializedView view) {
                collect(catalog.resolve(view.name().values()), catalog, names);
            }
            for (Insert insert : inserts) {
                names.add(catalog.resolve(insert.target().values()));
                SqlNode query = insert.query().query();
                ReadNames.in(ViewResolver.qualified(query, catalog), catalog)
                        .forEach(name -> collect(name, catalog, names));
            }
        }
        return names;
    }

    private static void collect(ObjectName name, SessionCatalog catalog, Set<ObjectName> names) {
        if (names.add(name)) {
            Dependents dependents = new Dependents(catalog);
            catalog.find(name)
                    .ifPresent(object -> dependents.inputsOf(object).forEach(input -> collect(input, catalog, names)));
        }
    }
}
