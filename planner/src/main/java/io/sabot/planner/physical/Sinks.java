package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ChangelogMode;
import io.sabot.catalog.stream.TimeDomain;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.OnConflict;
import io.sabot.planner.plan.Conflict;
import io.sabot.planner.plan.NodeInfo;
import io.sabot.planner.plan.PlanNode;
import io.sabot.planner.plan.StreamProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The ends of a plan. */
final class Sinks {
    private final Build build;
    private final SourceRules rules;
    private final Exchanges exchanges;

    Sinks(Build build) {
        this.build = build;
        this.rules = new SourceRules(build.options.descriptors());
        this.exchanges = new Exchanges(build);
    }

    PlanNode sink(PlanBuilder.Output output, Stage input) {
        if (build.options.view() && input.isAppendOnly() && hasEventTime(input)) {
            build.demand.late(input); // the view keeps the watermark, and behind which rows are late
        }
        if (output.target().isEmpty()) {
            return new PlanNode.ClientSink(
                    info("client", input, named(input, output.names())),
                    input.node(),
                    upsertKey(input),
                    output.changes());
        }
        return tableSink(output, output.target().get(), input);
    }

    private static boolean hasEventTime(Stage input) {
        return input.stream().times().stream().anyMatch(time -> time.domain() == TimeDomain.EVENT);
    }

    private PlanNode tableSink(PlanBuilder.Output output, Table table, Stage input) {
        if (!input.isAppendOnly() && !rules.takesChanges(table)) {
            throw build.notSupported("table '" + table.name().name()
                            + "' takes only new rows, and this query changes rows" + " that it has given")
                    .why("connector '" + table.connector().orElse("") + "' cannot write updates and deletes")
                    .hint("aggregate over windows, which give each result once, or write into a table with a key");
        }
        List<Integer> sinkKey = primaryKey(table);
        Stage placed = placed(output, input, sinkKey);
        return new PlanNode.TableSink(
                info("sink", placed, named(placed, output.names())),
                placed.node(),
                table,
                upsertKey(placed),
                output.overwrite(),
                false);
    }

    /** Rows of one key of the sink in one task; one of them at a time, where the query may have several. */
    private Stage placed(PlanBuilder.Output output, Stage input, List<Integer> sinkKey) {
        if (sinkKey.isEmpty()) {
            if (output.onConflict() != OnConflict.NONE) {
                throw SabotException.of(ErrorCode.INVALID_DEFINITION, "ON CONFLICT needs a table with a primary key")
                        .at(build.options.span());
            }
            return input;
        }
        boolean unique = input.stream().upsertKeys().stream().anyMatch(sinkKey::containsAll);
        Conflict conflict = switch (output.onConflict()) {
            case NONE, DEDUPLICATE -> Conflict.LAST;
            case NOTHING -> Conflict.FIRST;
            case ERROR -> Conflict.ERROR;
        };
        if (unique || (input.isAppendOnly() && conflict == Conflict.LAST)) {
            return input.isAppendOnly() ? input : exchanges.byKeys(input, sinkKey);
        }
        Stage keyed = exchanges.byKeys(input, sinkKey);
        StreamProperties in = input.stream();
        boolean grows = input.isAppendOnly() && conflict == Conflict.FIRST;
        StreamProperties stream = new StreamProperties(
                grows ? ChangelogMode.APPEND_ONLY : ChangelogMode.RETRACT,
                List.of(sinkKey),
                List.of(),
                in.bounded(),
                in.emitAtEnd());
        PlanNode node = new PlanNode.UpsertMaterialize(
                build.keeping("upsert-materialize", input.schema(), stream, input), keyed.node(), sinkKey, conflict);
        return new Stage(node, keyed.distribution(), List.of(), input.sources());
    }

    private static List<Integer> primaryKey(Table table) {
        Schema schema = table.sinkSchema();
        List<Integer> key = new ArrayList<>();
        for (String name : table.primaryKey()) {
            OptionalInt index = schema.indexOf(name);
            index.ifPresent(key::add);
        }
        return key;
    }

    private static Schema named(Stage input, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (String name : names) {
            fields.add(new Field(name, input.schema().type(fields.size())));
        }
        return new Schema(fields);
    }

    private static List<Integer> upsertKey(Stage input) {
        return input.stream().upsertKeys().stream().findFirst().orElse(List.of());
    }

    private NodeInfo info(String kind, Stage input, Schema schema) {
        StreamProperties in = input.stream();
        ChangelogMode changelog = in.changelog();
        return build.info(
                kind,
                schema,
                new StreamProperties(changelog, in.upsertKeys(), in.times(), in.bounded(), in.emitAtEnd()));
    }
}
