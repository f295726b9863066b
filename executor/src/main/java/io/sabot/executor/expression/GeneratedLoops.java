package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import io.sabot.parser.error.ErrorCode;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.BlockStatement;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.linq4j.tree.Statement;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.ClassBodyEvaluator;
import org.jspecify.annotations.Nullable;

/**
 * Computes calls that have no kernel: Calcite translates them into Java, Janino compiles a loop over the rows.
 *
 * <p>A loop's inputs are the largest sub-expressions that have kernels. Classes are kept by their source text, which
 * Calcite makes the same for the same expression.
 */
final class GeneratedLoops {
    private final Map<String, LoopBody> bySource = new HashMap<>();
    private final boolean whole;

    GeneratedLoops() {
        this(false);
    }

    /** Loops that compute {@code whole} expressions, kernels or not: the oracle of the kernels in tests. */
    GeneratedLoops(boolean whole) {
        this.whole = whole;
    }

    /** The node of a call; null when Calcite cannot compute it either, or would lose digits of a TIMESTAMP. */
    @Nullable
    Node compile(RexCall call, Compilation compilation) {
        Inputs inputs = new Inputs(compilation, whole);
        RexNode inner = inputs.outermost(call);
        DataType type = RexTypes.of(call.getType());
        if (LoopRows.losesDigits(type) || inputs.nodes.stream().anyMatch(node -> LoopRows.losesDigits(node.type()))) {
            return null;
        }
        LoopBody body = loop(inner, inputs.types);
        if (body == null) {
            return null;
        }
        DataType[] types = inputs.nodes.stream().map(Node::type).toArray(DataType[]::new);
        Kernel kernel = (rows, arguments) -> run(body, new LoopRows(rows, arguments, types, type), rows.context());
        return RexUtil.isDeterministic(call)
                ? StrictNode.nullAware(type, compilation.origin(call), kernel, inputs.nodes)
                : StrictNode.perRow(type, compilation.origin(call), kernel, inputs.nodes);
    }

    private static void run(LoopBody body, LoopRows rows, EvaluationContext context) {
        try {
            body.run(new LoopContext(context), rows);
        } catch (ArithmeticException e) {
            ErrorCode code = String.valueOf(e.getMessage()).contains("zero")
                    ? ErrorCode.DIVISION_BY_ZERO
                    : ErrorCode.NUMERIC_OUT_OF_RANGE;
            throw new RowException(code, "arithmetic failed: " + e.getMessage(), rows.row());
        } catch (NumberFormatException e) {
            throw new RowException(ErrorCode.INVALID_CAST, "not a number: " + e.getMessage(), rows.row());
        } catch (RowException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RowException(ErrorCode.DATA_EXCEPTION, "function failed: " + reason(e), rows.row());
        }
    }

    /** Calcite's functions wrap what went wrong; the names of the classes around it say nothing. */
    private static String reason(Throwable error) {
        return error.getCause() == null ? String.valueOf(error.getMessage()) : reason(error.getCause());
    }

    /** Replaces what has a kernel by references to the inputs of the loop. */
    private static final class Inputs extends RexShuttle {
        private final Compilation compilation;
        private final boolean whole;
        private final List<Node> nodes = new ArrayList<>();
        private final List<RelDataType> types = new ArrayList<>();

        Inputs(Compilation compilation, boolean whole) {
            this.compilation = compilation;
            this.whole = whole;
        }

        RexNode outermost(RexCall call) {
            return super.visitCall(call);
        }

        @Override
        public RexNode visitCall(RexCall call) {
            Node node = whole ? null : compilation.kernelOf(call);
            return node == null ? super.visitCall(call) : reference(call, node);
        }

        @Override
        public RexNode visitInputRef(RexInputRef reference) {
            return reference(reference, compilation.compile(reference));
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            return reference(access, compilation.compile(access));
        }

        @Override
        public RexNode visitLiteral(RexLiteral literal) {
            return literal;
        }

        private RexNode reference(RexNode node, Node compiled) {
            int known = nodes.indexOf(compiled);
            if (known < 0) {
                nodes.add(compiled);
                types.add(node.getType());
                known = nodes.size() - 1;
            }
            return new RexInputRef(known, node.getType());
        }
    }

    private @Nullable LoopBody loop(RexNode expression, List<RelDataType> inputs) {
        String source;
        try {
            source = source(expression, inputs);
        } catch (RuntimeException e) {
            // Calcite throws whatever comes when an operator has no implementation.
            return null;
        }
        LoopBody known = bySource.get(source);
        if (known != null) {
            return known;
        }
        LoopBody body = compile(source);
        bySource.put(source, body);
        return body;
    }

    private static LoopBody compile(String source) {
        ClassBodyEvaluator evaluator = new ClassBodyEvaluator();
        evaluator.setParentClassLoader(GeneratedLoops.class.getClassLoader());
        evaluator.setImplementedInterfaces(new Class<?>[] {LoopBody.class});
        try {
            return (LoopBody) evaluator.createInstance(new StringReader(source));
        } catch (CompileException | IOException e) {
            throw new AssertionError(String.format(Locale.ROOT, "generated code does not compile:%n%s", source), e);
        }
    }

    private static String source(RexNode expression, List<RelDataType> inputs) {
        RelDataTypeFactory.Builder inputType = RexTypes.FACTORY.builder();
        for (int i = 0; i < inputs.size(); i++) {
            inputType.add("i" + i, inputs.get(i));
        }
        RelDataType outputType =
                RexTypes.FACTORY.builder().add("r", expression.getType()).build();
        RexProgram program =
                RexProgram.create(inputType.build(), List.of(expression), null, outputType, RexTypes.BUILDER);
        ParameterExpression rows = Expressions.parameter(LoopRows.class, "rows");
        ParameterExpression index = Expressions.parameter(int.class, "row");
        BlockBuilder statics = new BlockBuilder();
        BlockBuilder body = new BlockBuilder();
        body.add(Expressions.statement(Expressions.call(rows, "at", index)));
        List<Expression> results = RexToLixTranslator.translateProjects(
                program,
                RexTypes.FACTORY,
                SqlConformanceEnum.DEFAULT,
                body,
                statics,
                null,
                DataContext.ROOT,
                (block, column, storage) -> input(rows, column, inputs.get(column), storage),
                null);
        body.add(Expressions.statement(
                Expressions.call(rows, "set", Expressions.convert_(Expressions.box(results.get(0)), Object.class))));
        List<Statement> statements = new ArrayList<>(statics.toBlock().statements);
        statements.add(Expressions.for_(
                Expressions.declare(0, index, Expressions.constant(0)),
                Expressions.lessThan(index, Expressions.call(rows, "count")),
                Expressions.postIncrementAssign(index),
                body.toBlock()));
        BlockStatement block = Expressions.block(statements);
        return Expressions.toString(
                List.of(Expressions.methodDecl(
                        Modifier.PUBLIC, void.class, "run", List.of(DataContext.ROOT, rows), block)),
                "\n",
                false);
    }

    private static Expression input(ParameterExpression rows, int column, RelDataType type, @Nullable Type storage) {
        Type natural = RexTypes.FACTORY.getJavaClass(type);
        Primitive primitive = Primitive.of(natural);
        Expression position = Expressions.constant(column);
        Expression value = primitive == null
                ? Expressions.convert_(Expressions.call(rows, "get", position), natural)
                : Expressions.call(rows, "get" + capitalised(primitive), position);
        return storage == null ? value : EnumUtils.convert(value, storage);
    }

    private static String capitalised(Primitive primitive) {
        String name = primitive.primitiveName;
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
