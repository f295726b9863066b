package io.sabot.server.session;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.Column;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.Unreadable;
import io.sabot.catalog.View;
import io.sabot.catalog.Watermark;
import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.storage.StoredTables;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.Describe;
import io.sabot.parser.statement.LikePattern;
import io.sabot.parser.statement.ObjectKind;
import io.sabot.parser.statement.Show;
import io.sabot.parser.statement.ShowCreate;
import io.sabot.planner.function.FunctionTable;
import io.sabot.server.job.Job;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SHOW, DESCRIBE: what there is, as rows. */
final class ShowStatements {
    private final EngineSession session;
    private final SessionCatalog catalog;

    ShowStatements(EngineSession session) {
        this.session = session;
        this.catalog = session.sessionCatalog();
    }

    StatementResult show(Show show) {
        Predicate<String> like = like(show.like());
        TextRows.Builder rows = switch (show.kind()) {
            case CATALOGS -> names("catalog name", catalog.catalogs(), like);
            case CURRENT_CATALOG -> names("current catalog name", List.of(catalog.currentCatalog()), like);
            case DATABASES -> names("database name", catalog.databases(catalogOf(show)), like);
            case CURRENT_DATABASE -> names("current database name", List.of(catalog.currentDatabase()), like);
            case TABLES -> objects("table name", show, like, object -> true);
            case STREAMS -> objects("stream name", show, like, ShowStatements::isStream);
            case VIEWS -> objects("view name", show, like, View.class::isInstance);
            case MATERIALIZED_VIEWS ->
                objects("materialized view name", show, like, ShowStatements::isMaterializedView);
            case FUNCTIONS -> names("function name", functions(), like);
            case USER_FUNCTIONS -> names("function name", catalog.functionNames(), like);
            case JARS -> names("jars", catalog.jars(), like);
            case CONNECTORS -> connectors(like);
            case FORMATS -> formats(like);
            case JOBS -> jobs(like);
            case QUERIES -> queries(like);
            case SETTINGS -> settings(like);
            case COLUMNS -> columns(show, like);
        };
        return rows.build(session.engine().allocator());
    }

    /** Those of the dialect, then those of users. */
    private List<String> functions() {
        List<String> names = new ArrayList<>(FunctionTable.INSTANCE.functionNames());
        names.addAll(catalog.functionNames());
        return names;
    }

    private static boolean isStream(CatalogObject object) {
        return object instanceof Table table && table.kind() == TableKind.STREAM;
    }

    private String catalogOf(Show show) {
        return show.in() == null ? catalog.currentCatalog() : show.in().last();
    }

    private static Predicate<String> like(@Nullable LikePattern like) {
        if (like == null) {
            return name -> true;
        }
        StringBuilder regex = new StringBuilder();
        for (char c : like.pattern().toCharArray()) {
            regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
        }
        Pattern pattern =
                Pattern.compile(regex.toString(), Pattern.DOTALL | (like.ignoreCase() ? Pattern.CASE_INSENSITIVE : 0));
        return name -> pattern.matcher(name).matches() != like.negated();
    }

    private static TextRows.Builder names(String column, List<String> names, Predicate<String> like) {
        TextRows.Builder rows = new TextRows.Builder(column);
        names.stream().filter(like).forEach(rows::add);
        return rows;
    }

    private TextRows.Builder objects(String column, Show show, Predicate<String> like, Predicate<CatalogObject> kind) {
        String ofCatalog = catalog.currentCatalog();
        String database = catalog.currentDatabase();
        if (show.in() != null) {
            List<String> parts = show.in().values();
            ofCatalog = parts.size() > 1 ? parts.get(0) : ofCatalog;
            database = show.in().last();
            if (!catalog.databases(ofCatalog).contains(database)) {
                throw SabotException.of(ErrorCode.UNDEFINED_OBJECT, "database '" + database + "' does not exist")
                        .at(show.in().span())
                        .why("there is " + String.join(", ", catalog.databases(ofCatalog)));
            }
        }
        return names(
                column,
                catalog.objects(ofCatalog, database).stream()
                        .filter(kind)
                        .map(object -> object.name().name())
                        .toList(),
                like);
    }

    private TextRows.Builder connectors(Predicate<String> like) {
        TextRows.Builder rows = new TextRows.Builder("name", "reads", "writes", "description");
        for (ConnectorDescriptor connector :
                session.engine().connectors().descriptors().connectors()) {
            if (like.test(connector.name()) && !connector.name().equals(StoredTables.CONNECTOR)) {
                rows.add(connector.name(), yes(connector.source()), yes(connector.sink()), connector.description());
            }
        }
        return rows;
    }

    private TextRows.Builder formats(Predicate<String> like) {
        TextRows.Builder rows = new TextRows.Builder("name", "reads", "writes", "description");
        for (FormatDescriptor format :
                session.engine().connectors().descriptors().formats()) {
            if (like.test(format.name())) {
                rows.add(format.name(), yes(format.decodes()), yes(format.encodes()), format.description());
            }
        }
        return rows;
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private TextRows.Builder jobs(Predicate<String> like) {
        TextRows.Builder rows = new TextRows.Builder("name", "state", "started", "restarts", "statement");
        for (Job job : session.engine().jobs().list()) {
            if (like.test(job.name())) {
                rows.add(
                        job.name(),
                        job.phase().name().toLowerCase(Locale.ROOT),
                        job.created().toString(),
                        Integer.toString(job.restarts()),
                        oneLine(job.definition().sql()));
            }
        }
        return rows;
    }

    private TextRows.Builder queries(Predicate<String> like) {
        TextRows.Builder rows = new TextRows.Builder("id", "started", "statement");
        for (RunningQueries.Running query : session.engine().queries().list()) {
            if (like.test(query.cursor().queryId())) {
                rows.add(query.cursor().queryId(), query.since().toString(), oneLine(query.sql()));
            }
        }
        return rows;
    }

    private static String oneLine(String sql) {
        return sql.strip().replaceAll("\\s+", " ");
    }

    private TextRows.Builder settings(Predicate<String> like) {
        TextRows.Builder rows = new TextRows.Builder("key", "value", "description");
        for (OptionSpec spec : SettingSpecs.all()) {
            if (like.test(spec.key())) {
                rows.add(spec.key(), session.settings().find(spec.key()).orElse(null), spec.description());
            }
        }
        session.settings().values().entrySet().stream()
                .filter(entry -> SettingSpecs.find(entry.getKey()).isEmpty() && like.test(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> rows.add(entry.getKey(), entry.getValue(), "no effect"));
        return rows;
    }

    private TextRows.Builder columns(Show show, Predicate<String> like) {
        if (show.in() == null) {
            throw new AssertionError(show);
        }
        CatalogObject object =
                require(catalog.resolve(show.in().values()), show.in().span());
        return describe(object, like, false);
    }

    StatementResult describe(Describe describe) {
        CatalogObject object = require(
                catalog.resolve(describe.table().values()), describe.table().span());
        return describe(object, name -> true, describe.extended())
                .build(session.engine().allocator());
    }

    private TextRows.Builder describe(CatalogObject object, Predicate<String> like, boolean extended) {
        TextRows.Builder rows = new TextRows.Builder(new Schema(List.of(
                new Field("name", AtomicType.STRING),
                new Field("type", AtomicType.STRING),
                new Field("null", AtomicType.BOOLEAN),
                new Field("key", AtomicType.STRING),
                new Field("extras", AtomicType.STRING),
                new Field("watermark", AtomicType.STRING),
                new Field("comment", AtomicType.STRING))));
        Table table =
                object instanceof MaterializedView view ? view.rows() : object instanceof Table known ? known : null;
        for (int i = 0; i < object.schema().size(); i++) {
            String name = object.schema().name(i);
            if (like.test(name)) {
                Column column = table == null ? null : table.columns().get(i);
                rows.add(
                        name,
                        object.schema().type(i).name(),
                        object.schema().type(i).nullable(),
                        table != null && table.primaryKey().contains(name)
                                ? "PRI(" + String.join(", ", table.primaryKey()) + ")"
                                : null,
                        column == null ? null : extras(column),
                        watermark(table, name),
                        column == null || column.comment().isEmpty() ? null : column.comment());
            }
        }
        if (extended) {
            rows.add("", null, null, null, null, null, null);
            object.createSql().lines().forEach(line -> rows.add(line, null, null, null, null, null, null));
        }
        return rows;
    }

    private static @Nullable String watermark(@Nullable Table table, String column) {
        return table == null
                ? null
                : table.watermark()
                        .filter(mark -> mark.column().equals(column))
                        .map(Watermark::expressionSql)
                        .or(() -> ofView(table, column))
                        .orElse(null);
    }

    /** The watermark of a view comes with its rows; a column may stand behind it. */
    private static Optional<String> ofView(Table table, String column) {
        return table.times().stream()
                .filter(time -> time.column().equals(column))
                .map(time -> "SOURCE_WATERMARK()" + (time.offsetMillis() == 0 ? "" : behind(-time.offsetMillis())))
                .findFirst();
    }

    private static String behind(long millis) {
        for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES)) {
            long length = unit.getDuration().toMillis();
            if (millis % length == 0) {
                String name = unit.name();
                return " - INTERVAL '" + millis / length + "' " + name.substring(0, name.length() - 1);
            }
        }
        return " - INTERVAL '"
                + BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString() + "' SECOND";
    }

    private static @Nullable String extras(Column column) {
        if (column instanceof Column.Computed computed) {
            return "AS " + computed.expressionSql();
        }
        if (column instanceof Column.Metadata metadata) {
            return "METADATA FROM '" + metadata.key() + "'" + (metadata.virtual() ? " VIRTUAL" : "");
        }
        return null;
    }

    StatementResult showCreate(ShowCreate show) {
        if (show.kind() == ObjectKind.DATABASE) {
            return new DatabaseStatements(session).showCreate(show);
        }
        if (show.kind() == ObjectKind.CATALOG) {
            return new TextRows.Builder("result")
                    .add(catalog.shared().catalogSql(show.name().last()))
                    .build(session.engine().allocator());
        }
        CatalogObject object =
                require(catalog.resolve(show.name().values()), show.name().span());
        ObjectKind kind = kindOf(object);
        boolean table = show.kind() == ObjectKind.TABLE || show.kind() == ObjectKind.STREAM;
        if (kind != show.kind() && !(table && object instanceof Table)) {
            throw SabotException.of(
                            ErrorCode.UNDEFINED_TABLE,
                            "'" + show.name() + "' is no " + show.kind().words().toLowerCase(Locale.ROOT))
                    .at(show.name().span())
                    .why("it is a " + kind.words().toLowerCase(Locale.ROOT))
                    .hint("write SHOW CREATE " + kind.words() + " " + show.name());
        }
        return new TextRows.Builder("result")
                .add(object.createSql())
                .build(session.engine().allocator());
    }

    private static ObjectKind kindOf(CatalogObject object) {
        if (object instanceof Table table) {
            return table.kind() == TableKind.STREAM ? ObjectKind.STREAM : ObjectKind.TABLE;
        }
        return isMaterializedView(object) ? ObjectKind.MATERIALIZED_VIEW : ObjectKind.VIEW;
    }

    private static boolean isMaterializedView(CatalogObject object) {
        return object instanceof MaterializedView
                || object instanceof Unreadable unreadable && unreadable.materialized();
    }

    private CatalogObject require(ObjectName name, SqlSpan span) {
        return catalog.find(name)
                .orElseThrow(() ->
                        MissingObjects.notFound(catalog, name, "table or view").at(span));
    }
}
