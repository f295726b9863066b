package io.sabot.executor.job;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.executor.aggregate.AggregateSpec;
import io.sabot.executor.batch.Storage;
import io.sabot.executor.expression.ExpressionCompiler;
import io.sabot.executor.expression.Predicate;
import io.sabot.executor.match.MatchOperator;
import io.sabot.executor.match.MatchSpec;
import io.sabot.executor.match.PatternGraph;
import io.sabot.executor.operator.OperatorOpener;
import io.sabot.executor.operator.Owned;
import io.sabot.executor.rank.SortColumn;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.MatchNode;
import io.sabot.planner.plan.MatchTerms;
import io.sabot.planner.plan.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;

/** Turns a pattern search into its operator. */
final class MatchOperators {
    private MatchOperators() {}

    static OperatorOpener create(MatchNode node, ExpressionCompiler expressions, Owned owned) {
        Schema input = node.input().schema();
        List<RexNode> alone = node.variables().stream()
                .map(MatchNode.Variable::alone)
                .flatMap(Optional::stream)
                .toList();
        PatternGraph.Builder graph = new PatternGraph.Builder();
        MatchSpec spec = new MatchSpec(
                input,
                node.keys(),
                arrangement(node.arrangement()),
                node.order().stream()
                        .map(order -> new SortColumn(order.column(), order.descending(), order.nullsFirst()))
                        .toList(),
                timeUnits(input.type(node.order().get(0).column())),
                node.timeOffsetMillis(),
                owned.own(expressions.projector(node.features(), input)),
                owned.own(expressions.projector(alone, input)),
                variables(node, expressions, owned),
                graph.build(part(node.pattern(), graph, graph.end())),
                skip(node.skip().to()),
                bits(node.skip().variables()),
                node.within(),
                terms(node.output()),
                owned.own(expressions.projector(node.output().expressions(), schema(node.output()))),
                node.schema(),
                node.info().span());
        return context -> new MatchOperator(spec, context);
    }

    private static List<MatchSpec.Variable> variables(MatchNode node, ExpressionCompiler expressions, Owned owned) {
        List<MatchSpec.Variable> variables = new ArrayList<>();
        int alone = 0;
        for (MatchNode.Variable variable : node.variables()) {
            Predicate condition = variable.condition()
                    .map(terms ->
                            owned.own(expressions.predicate(terms.expressions().get(0), schema(terms))))
                    .orElse(null);
            variables.add(new MatchSpec.Variable(
                    variable.name(),
                    variable.alone().isPresent() ? alone++ : -1,
                    variable.condition().map(MatchOperators::terms).orElse(List.of()),
                    condition));
        }
        return variables;
    }

    /** The state that a part begins in when it leads to {@code sink}. */
    private static int part(Pattern pattern, PatternGraph.Builder graph, int sink) {
        if (pattern instanceof Pattern.One one) {
            return graph.one(one.variable(), sink);
        }
        if (pattern instanceof Pattern.Sequence sequence) {
            int state = sink;
            for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                state = part(sequence.parts().get(i), graph, state);
            }
            return state;
        }
        if (pattern instanceof Pattern.Choice choice) {
            return graph.choice(choice.options().stream()
                    .map(option -> part(option, graph, sink))
                    .toList());
        }
        if (pattern instanceof Pattern.Repeat repeat) {
            return graph.repeat(
                    repeat.least(), repeat.most(), greed(repeat), state -> part(repeat.body(), graph, state), sink);
        }
        throw new AssertionError(pattern);
    }

    private static PatternGraph.Builder.Greed greed(Pattern.Repeat repeat) {
        boolean choice = repeat.least() != repeat.most() && !(repeat.least() == 0 && repeat.most() == 1);
        if (!repeat.greedy() || !choice) {
            return PatternGraph.Builder.Greed.NEVER;
        }
        return repeat.body() instanceof Pattern.One
                ? PatternGraph.Builder.Greed.ALWAYS
                : PatternGraph.Builder.Greed.WHILE_OPEN;
    }

    /** As a batch of terms has it: one column that nobody reads when there are no terms. */
    private static Schema schema(MatchTerms terms) {
        List<Field> fields = new ArrayList<>();
        for (MatchTerms.Term term : terms.terms()) {
            fields.add(new Field("t" + fields.size(), term.type()));
        }
        if (fields.isEmpty()) {
            fields.add(new Field("none", AtomicType.BOOLEAN));
        }
        return new Schema(fields);
    }

    private static List<MatchSpec.Term> terms(MatchTerms terms) {
        return terms.terms().stream().map(MatchOperators::term).toList();
    }

    private static MatchSpec.Term term(MatchTerms.Term term) {
        long variables = term.variables().isEmpty() ? -1L : bits(term.variables());
        if (term instanceof MatchTerms.OfRow row) {
            return new MatchSpec.OfRow(row.feature(), variables, row.fromFirst(), row.offset(), row.type());
        }
        AggregateCall call = ((MatchTerms.OfRows) term).call();
        return new MatchSpec.OfRows(
                AggregateSpec.of(call.function(), call.arguments(), call.argumentTypes(), call.type()), variables);
    }

    private static long bits(List<Integer> variables) {
        return variables.stream().mapToLong(variable -> 1L << variable).reduce(0, (a, b) -> a | b);
    }

    /** Units of a time column in a millisecond; 0 for other columns. */
    private static long timeUnits(DataType type) {
        return type instanceof AtomicType atomic && atomic.kind().isTimestamp()
                ? Storage.unitsPerMilli(atomic.precision())
                : 0;
    }

    private static MatchSpec.Arrangement arrangement(MatchNode.Arrangement arrangement) {
        return switch (arrangement) {
            case EVENT_TIME -> MatchSpec.Arrangement.EVENT_TIME;
            case PROCESSING_TIME -> MatchSpec.Arrangement.PROCESSING_TIME;
            case AT_END -> MatchSpec.Arrangement.AT_END;
        };
    }

    private static MatchSpec.Skip skip(MatchNode.SkipTo to) {
        return switch (to) {
            case NEXT_ROW -> MatchSpec.Skip.NEXT_ROW;
            case PAST_LAST_ROW -> MatchSpec.Skip.PAST_LAST_ROW;
            case FIRST -> MatchSpec.Skip.FIRST;
            case LAST -> MatchSpec.Skip.LAST;
        };
    }
}
