package io.sabot.planner.plan;

import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.text.SqlSpans;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Where in the statement's text an expression stands. One that a definition of the catalog holds (a view's query, a computed
 * column) stands where the statement reads from that object, and knows its name.
 *
 * <p>Calls carry their place through every rewriting; it belongs neither to their digest nor to their equality.
 */
public final class ExpressionPlace extends SqlParserPos {
    private static final long serialVersionUID = 1L;

    private final String owner;

    private ExpressionPlace(SqlSpan span, String owner) {
        super(span.line(), span.column(), span.endLine(), span.endColumn());
        this.owner = owner;
    }

    /** The place of a call; unknown for one that no text holds. */
    public static SqlSpan span(RexCall call) {
        return SqlSpans.of(call.getParserPosition());
    }

    /** The object whose definition holds the call, such as {@code view 'v'}; empty when the statement itself does. */
    public static String owner(RexCall call) {
        return call.getParserPosition() instanceof ExpressionPlace place ? place.owner : "";
    }

    /** What a call of the text was converted to, where the converter gave it no place. */
    public static RexNode placed(RexNode converted, RexBuilder builder, SqlParserPos place) {
        return converted.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (span(call).isKnown() || call.getClass() != RexCall.class) {
                    return call;
                }
                List<RexNode> operands = call.getOperands().stream()
                        .map(operand -> operand.accept(this))
                        .toList();
                return builder.makeCall(place, call.getType(), call.getOperator(), operands);
            }

            @Override
            public RexNode visitOver(RexOver over) {
                return over;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                return query;
            }
        });
    }

    /** The tree of a definition that a statement reads at {@code span}. Within it, definitions further down keep their names. */
    public static RelNode within(RelNode rel, RexBuilder builder, String owner, SqlSpan span) {
        return rel.accept(new Trees(new Calls(builder, owner, span)));
    }

    /** The same for a single expression. */
    public static RexNode within(RexNode expression, RexBuilder builder, String owner, SqlSpan span) {
        return expression.accept(new Calls(builder, owner, span));
    }

    private static final class Trees extends RelHomogeneousShuttle {
        private final Calls calls;

        Trees(Calls calls) {
            this.calls = calls;
        }

        @Override
        public RelNode visit(RelNode other) {
            return super.visit(other).accept(calls);
        }
    }

    private static final class Calls extends RexShuttle {
        private final RexBuilder builder;
        private final String owner;
        private final SqlSpan span;

        Calls(RexBuilder builder, String owner, SqlSpan span) {
            this.builder = builder;
            this.owner = owner;
            this.span = span;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            RexNode visited = super.visitCall(call);
            if (!(visited instanceof RexCall same) || visited.getClass() != RexCall.class) {
                return visited;
            }
            String name = owner(call).isEmpty() ? owner : owner(call);
            List<RexNode> operands = same.getOperands();
            return builder.makeCall(new ExpressionPlace(span, name), same.getType(), same.getOperator(), operands);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
            return visited.clone(visited.rel.accept(new Trees(this)));
        }
    }
}
