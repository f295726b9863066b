package io.sabot.planner.resolve;

import io.sabot.catalog.Column;
import io.sabot.catalog.MaterializedView;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.TimeAttribute;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.CreateMaterializedView;
import io.sabot.parser.statement.EmitMode;
import io.sabot.parser.statement.OptionEntry;
import io.sabot.planner.plan.Plan;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a parsed CREATE MATERIALIZED VIEW into a view of the catalog. */
public final class MaterializedViewResolver {
    private MaterializedViewResolver() {}

    /** Refuses what no materialized view can have. */
    public static void check(CreateMaterializedView statement) {
        if (statement.query().emitMode() != EmitMode.NONE) {
            throw SabotException.of(ErrorCode.INVALID_DEFINITION, "the query of a materialized view has no EMIT clause")
                    .at(statement.span())
                    .why("a materialized view always follows its inputs")
                    .hint("leave it out");
        }
        for (OptionEntry entry : statement.options().entries()) {
            throw SabotException.of(ErrorCode.INVALID_OPTION, "unknown option '" + entry.key() + "'")
                    .at(entry.keySpan())
                    .why("a materialized view takes no options yet");
        }
    }

    /** The columns as they are kept. */
    public static Schema kept(Schema schema, CreateMaterializedView statement) {
        for (Field field : schema.fields()) {
            if (field.type() instanceof AtomicType atomic && atomic.kind() == TypeKind.NULL) {
                throw SabotException.of(ErrorCode.INVALID_DEFINITION, "column '" + field.name() + "' has no type")
                        .at(statement.query().span())
                        .hint("write CAST(NULL AS …)");
            }
        }
        return schema;
    }

    /**
     * The view.
     *
     * @param plan of its query as it changes, for the client
     */
    public static MaterializedView resolve(
            ObjectName name, Schema schema, String querySql, CreateMaterializedView statement, Plan plan) {
        StreamProperties stream = ((PlanNode.ClientSink) plan.sinks().get(0)).input().info().stream();
        boolean appendOnly = stream.changelog() == ChangelogMode.APPEND_ONLY;
        List<String> key = appendOnly
                ? List.of()
                : stream.upsertKeys().stream()
                        .filter(columns -> !columns.isEmpty())
                        .findFirst()
                        .orElse(List.of())
                        .stream()
                        .map(schema::name)
                        .toList();
        Map<String, String> options = new LinkedHashMap<>();
        statement.options().entries().forEach(entry -> options.put(entry.key(), entry.value()));
        Table rows = new Table(
                name,
                appendOnly ? TableKind.MATERIALIZED_LOG : TableKind.MATERIALIZED_VIEW,
                schema.fields().stream()
                        .map(field -> (Column) new Column.Physical(field.name(), field.type(), ""))
                        .toList(),
                key,
                Optional.empty(),
                List.of(),
                Map.of(),
                statement.comment(),
                false,
                appendOnly ? times(schema, stream) : List.of());
        return new MaterializedView(rows, querySql, options);
    }

    /**
     * Columns with event time. A view whose rows change has none: its log nets the changes of a commit, so what windows over
     * it would make of late changes would depend on when the view was committed.
     */
    private static List<TimeAttribute> times(Schema schema, StreamProperties stream) {
        return stream.times().stream()
                .filter(time -> time.domain() == TimeDomain.EVENT)
                .map(time -> new TimeAttribute(schema.name(time.column()), time.offsetMillis()))
                .toList();
    }
}
