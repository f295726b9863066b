package io.sabot.server.session;

import io.sabot.catalog.Database;
import io.sabot.parser.statement.AlterDatabase;
import io.sabot.parser.statement.CreateDatabase;
import io.sabot.parser.statement.DescribeDatabase;
import io.sabot.parser.statement.ObjectName;
import io.sabot.parser.statement.ShowCreate;
import java.util.List;

/** Statements about databases themselves. */
final class DatabaseStatements {
    private final EngineSession session;
    private final SessionCatalog catalog;

    DatabaseStatements(EngineSession session) {
        this.session = session;
        this.catalog = session.sessionCatalog();
    }

    private String catalogOf(ObjectName database) {
        List<String> parts = database.values();
        return parts.size() > 1 ? parts.get(0) : catalog.currentCatalog();
    }

    private Database find(ObjectName database) {
        return catalog.shared().database(catalogOf(database), database.last());
    }

    StatementResult create(CreateDatabase create) {
        String ofCatalog = catalogOf(create.name());
        String name = create.name().last();
        if (!(create.ifNotExists() && catalog.databases(ofCatalog).contains(name))) {
            catalog.shared()
                    .createDatabase(new Database(
                            ofCatalog, name, create.comment(), create.options().toMap()));
        }
        return StatementResult.done();
    }

    StatementResult alter(AlterDatabase alter) {
        catalog.shared()
                .alterDatabase(
                        catalogOf(alter.name()),
                        alter.name().last(),
                        alter.options().toMap());
        return StatementResult.done();
    }

    StatementResult describe(DescribeDatabase describe) {
        Database database = find(describe.name());
        TextRows.Builder rows = new TextRows.Builder("info name", "info value");
        rows.add("name", database.name());
        rows.add("comment", database.comment());
        if (describe.extended()) {
            database.options().forEach((key, value) -> rows.add("option:" + key, value));
        }
        return rows.build(session.engine().allocator());
    }

    StatementResult showCreate(ShowCreate show) {
        return new TextRows.Builder("result")
                .add(find(show.name()).createSql())
                .build(session.engine().allocator());
    }
}
