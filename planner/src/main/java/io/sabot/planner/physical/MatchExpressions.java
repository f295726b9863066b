package io.sabot.planner.physical;

import io.sabot.catalog.function.AggregateFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.planner.function.MatchFunctions;
import io.sabot.planner.function.SabotFunctions;
import io.sabot.planner.plan.AggregateCall;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.plan.MatchTerms;
import io.sabot.planner.plan.MatchTerms.Term;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Takes the expressions of DEFINE and MEASURES apart: features, computed once for each row of the input; terms, which take
 * features of the rows of a match; and what is computed from those.
 */
final class MatchExpressions {
    /** Aggregates that need no more than a record. */
    private static final Set<AggregateFunction> PLAIN = EnumSet.of(
            AggregateFunction.COUNT,
            AggregateFunction.SUM,
            AggregateFunction.SUM0,
            AggregateFunction.AVG,
            AggregateFunction.MIN,
            AggregateFunction.MAX,
            AggregateFunction.STDDEV_POP,
            AggregateFunction.STDDEV_SAMP,
            AggregateFunction.VAR_POP,
            AggregateFunction.VAR_SAMP,
            AggregateFunction.FIRST_VALUE,
            AggregateFunction.LAST_VALUE);

    private final Build build;
    private final Aggregates aggregates;
    private final RelDataType inputRow;
    private final int timeColumn;
    private final Map<String, List<Integer>> variables;
    private final List<RexNode> features = new ArrayList<>();

    /**
     * @param timeColumn column of the input that MATCH_ROWTIME gives of the last row; -1 when rows carry no time
     * @param variables pattern variables and subsets of them; every other qualifier means all rows
     */
    MatchExpressions(
            Build build,
            Aggregates aggregates,
            RelDataType inputRow,
            int timeColumn,
            Map<String, List<Integer>> variables) {
        this.build = build;
        this.aggregates = aggregates;
        this.inputRow = inputRow;
        this.timeColumn = timeColumn;
        this.variables = Map.copyOf(variables);
    }

    /** Expressions over the input that the terms made so far need. */
    List<RexNode> features() {
        return features;
    }

    /** Terms of several expressions. */
    MatchTerms terms(List<RexNode> expressions) {
        List<Term> terms = new ArrayList<>();
        Taking taking = new Taking(terms);
        return new MatchTerms(
                terms, expressions.stream().map(node -> node.accept(taking)).toList());
    }

    /** A term that gives a column of the first row. */
    RexNode ofFirst(int column) {
        return build.rex.makeCall(
                SqlStdOperatorTable.FIRST,
                List.of(
                        new RexPatternFieldRef(
                                "*", column, inputRow.getFieldList().get(column).getType()),
                        build.rex.makeExactLiteral(BigDecimal.ZERO)));
    }

    /** A condition as one over the columns of the input, if it looks at no row but the one that is tested. */
    Optional<RexNode> alone(MatchTerms condition, int variable) {
        for (Term term : condition.terms()) {
            boolean own = term instanceof MatchTerms.OfRow row
                    && !row.fromFirst()
                    && row.offset() == 0
                    && (row.variables().isEmpty() || row.variables().contains(variable));
            if (!own) {
                return Optional.empty();
            }
        }
        return Optional.of(condition.expressions().get(0).accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return features.get(((MatchTerms.OfRow) condition.terms().get(ref.getIndex())).feature());
            }
        }));
    }

    private int feature(RexNode expression) {
        RexNode overInput = expression.accept(new RexShuttle() {
            @Override
            public RexNode visitPatternFieldRef(RexPatternFieldRef ref) {
                return RexInputRef.of(ref.getIndex(), inputRow);
            }
        });
        int known = features.indexOf(overInput);
        if (known >= 0) {
            return known;
        }
        features.add(overInput);
        return features.size() - 1;
    }

    /** Variables whose rows an expression looks at; all of its columns have the same qualifier. */
    private List<Integer> variables(RexNode expression) {
        Set<String> qualifiers = new HashSet<>();
        expression.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitPatternFieldRef(RexPatternFieldRef ref) {
                qualifiers.add(ref.getAlpha());
                return null;
            }
        });
        return qualifiers.size() == 1
                ? variables.getOrDefault(qualifiers.iterator().next(), List.of())
                : List.of();
    }

    private DataType type(RexNode node) {
        return CalciteTypes.toCatalog(node.getType());
    }

    /** Replaces what looks at rows by references to terms. */
    private final class Taking extends RexShuttle {
        private final List<Term> terms;

        Taking(List<Term> terms) {
            this.terms = terms;
        }

        private RexNode reference(Term term, RelDataType type) {
            int known = terms.indexOf(term);
            if (known < 0) {
                terms.add(term);
                known = terms.size() - 1;
            }
            return new RexInputRef(
                    known,
                    build.types().createTypeWithNullability(type, term.type().nullable()));
        }

        private RexNode ofRow(RexNode value, boolean fromFirst, int offset) {
            DataType type = type(value).withNullable(true);
            return reference(
                    new MatchTerms.OfRow(feature(value), variables(value), fromFirst, offset, type), value.getType());
        }

        @Override
        public RexNode visitPatternFieldRef(RexPatternFieldRef ref) {
            return ofRow(ref, false, 0);
        }

        @Override
        public RexNode visitCall(RexCall call) {
            switch (call.getKind()) {
                case FINAL, RUNNING -> {
                    return call.getOperands().get(0).accept(this);
                }
                case FIRST, LAST -> {
                    return ofRow(call.getOperands().get(0), call.getKind() == SqlKind.FIRST, offset(call));
                }
                case PREV, NEXT -> {
                    if (call.getOperands().get(1) instanceof RexLiteral literal
                            && literal.getValueAs(Long.class) == 0L) {
                        return call.getOperands().get(0).accept(this);
                    }
                    throw neighbours(call.getOperator().getName());
                }
                default -> {
                    return other(call);
                }
            }
        }

        private RexNode other(RexCall call) {
            String name = call.getOperator().getName();
            if (name.equals("CLASSIFIER") || name.equals("MATCH_NUMBER")) {
                throw build.notSupported(
                                name + " is not supported", build.places().ofFunction(name))
                        .hint("a measure such as COUNT(A.x) tells whether rows were matched to A");
            }
            if (call.getOperator().equals(MatchFunctions.MATCH_PROCTIME)) {
                return build.rex.makeCall(SabotFunctions.PROCTIME);
            }
            if (call.getOperator().equals(MatchFunctions.MATCH_ROWTIME)) {
                return rowTime(call);
            }
            if (call.getOperator() instanceof SqlAggFunction) {
                return aggregate(call);
            }
            return relaxed(call, visitList(call.getOperands(), new boolean[] {false}));
        }

        /** Values of rows that may not be there are NULL, whatever their columns say. */
        private RexNode relaxed(RexCall call, List<RexNode> operands) {
            boolean nullable = call.getType().isNullable()
                    || operands.stream().anyMatch(operand -> operand.getType().isNullable());
            return call.clone(build.types().createTypeWithNullability(call.getType(), nullable), operands);
        }

        private RexNode rowTime(RexCall call) {
            if (timeColumn < 0) {
                throw build.notSupported(
                        "MATCH_ROWTIME needs rows that are ordered by event time",
                        build.places().ofFunction("MATCH_ROWTIME"));
            }
            RelDataType time = inputRow.getFieldList().get(timeColumn).getType();
            if (call.getType().getSqlTypeName() != time.getSqlTypeName()) {
                throw build.notSupported(
                                "MATCH_ROWTIME() is a TIMESTAMP and the rows are ordered by a TIMESTAMP_LTZ",
                                build.places().ofFunction("MATCH_ROWTIME"))
                        .hint("write MATCH_ROWTIME(" + inputRow.getFieldNames().get(timeColumn) + ")");
            }
            return ofRow(new RexPatternFieldRef("*", timeColumn, time), false, 0);
        }

        private RexNode aggregate(RexCall call) {
            List<Integer> arguments = call.getOperands().stream()
                    .map(MatchExpressions.this::feature)
                    .toList();
            List<DataType> types = call.getOperands().stream()
                    .map(operand -> type(operand).withNullable(true))
                    .toList();
            boolean counts = call.getKind() == SqlKind.COUNT;
            AggregateCall described = new AggregateCall(
                    function(call),
                    false,
                    arguments,
                    types,
                    -1,
                    false,
                    type(call).withNullable(!counts),
                    call.getOperator().getName());
            List<Integer> rows = call.getOperands().isEmpty() ? List.of() : variables(call);
            return reference(new MatchTerms.OfRows(described, rows), call.getType());
        }

        private AggregateFunction function(RexCall call) {
            AggregateFunction function = aggregates.function((SqlAggFunction) call.getOperator());
            boolean plain = PLAIN.contains(function) && call.getOperands().size() <= 1;
            if (!plain) {
                throw build.notSupported(
                        call.getOperator().getName() + " with these arguments is not supported in MATCH_RECOGNIZE",
                        build.places().of(SqlKind.MATCH_RECOGNIZE));
            }
            return function;
        }

        private int offset(RexCall call) {
            if (call.getOperands().size() < 2) {
                return 0;
            }
            if (call.getOperands().get(1) instanceof RexLiteral literal) {
                return Objects.requireNonNull(literal.getValueAs(Integer.class));
            }
            throw build.notSupported(
                    "the offset of " + call.getOperator().getName() + " must be a number",
                    build.places().of(SqlKind.MATCH_RECOGNIZE));
        }

        private RuntimeException neighbours(String name) {
            return build.notSupported(
                            name + " of this is not supported in MATCH_RECOGNIZE",
                            build.places().of(SqlKind.MATCH_RECOGNIZE))
                    .hint("write " + name + "(A.x, n), or " + name
                            + "(LAST(A.x, m), n), where x is a column and n a number");
        }
    }
}
