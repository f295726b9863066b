package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import io.sabot.parser.error.ErrorCode;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/**
 * Every operator and function that has a kernel, by the upper-case name of its operator.
 *
 * <p>To add one: write a {@link CallRule} in the class of its family, and one line in the family's {@code declare}.
 */
final class Functions {
    private static final Functions ALL = new Functions();

    private final Map<String, CallRule> rules = new HashMap<>();

    private Functions() {
        LogicRules.declare(this);
        ComparisonRules.declare(this);
        InRules.declare(this);
        ArithmeticRules.declare(this);
        CastRules.declare(this);
        TimeRules.declare(this);
        ClockRules.declare(this);
        TextRules.declare(this);
        TextFunctions.declare(this);
        TimeFunctions.declare(this);
        DigestFunctions.declare(this);
        MathFunctions.declare(this);
        TextShapes.declare(this);
        RegexpFunctions.declare(this);
        ArrayFunctions.declare(this);
        JsonFunctions.declare(this);
        TypeRules.declare(this);
        BucketRules.declare(this);
    }

    /** Declares how calls of this name are computed. */
    void declare(String name, CallRule rule) {
        CallRule before = rules.put(name, rule);
        assert before == null : name + " is declared twice";
    }

    /** Declares a kernel for calls of this name: NULL where an argument is, careful. */
    void kernel(String name, Kernel kernel) {
        declare(
                name,
                (call, c) -> StrictNode.careful(
                        RexTypes.of(call.getType()), c.origin(call), kernel, c.compileOperands(call)));
    }

    /** Declares a function of single values, NULL where an argument is. */
    void row(String name, RowFunction function) {
        row(name, () -> function);
    }

    /** Declares a function of single values that keeps something between rows: each call has one of its own. */
    void row(String name, Supplier<RowFunction> functions) {
        declare(name, (call, c) -> row(call, c, c.compileOperands(call), functions.get()));
    }

    /** A call of a function of single values, NULL where an argument is. */
    static Node row(RexCall call, Compilation c, List<Node> operands, RowFunction function) {
        DataType type = RexTypes.of(call.getType());
        DataType[] types = operands.stream().map(Node::type).toArray(DataType[]::new);
        return StrictNode.careful(
                type, c.origin(call), (rows, arguments) -> run(function, rows, arguments, types, type), operands);
    }

    /** Declares a function of single values that sees NULL arguments. */
    void nullableRow(String name, NullableRowFunction function) {
        declare(name, (call, c) -> nullableRow(call, c, c.compileOperands(call), function));
    }

    /** A call of a function of single values that sees NULL arguments. */
    static Node nullableRow(RexCall call, Compilation c, List<Node> operands, NullableRowFunction function) {
        DataType type = RexTypes.of(call.getType());
        DataType[] types = operands.stream().map(Node::type).toArray(DataType[]::new);
        return StrictNode.nullAware(
                type,
                c.origin(call),
                (rows, arguments) -> runNullable(function, rows, arguments, types, type),
                operands);
    }

    private static void runNullable(
            NullableRowFunction function, Rows rows, Value[] arguments, DataType[] types, DataType type) {
        @Nullable Object[] boxes = new Object[arguments.length];
        for (int row = 0; row < rows.count(); row++) {
            for (int i = 0; i < boxes.length; i++) {
                boxes[i] = Boxes.read(arguments[i], row, types[i]);
            }
            try {
                Boxes.write(rows, row, type, function.apply(boxes, rows.context()));
            } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                throw new RowException(ErrorCode.DATA_EXCEPTION, "function failed: " + e.getMessage(), row);
            }
        }
    }

    private static void run(RowFunction function, Rows rows, Value[] arguments, DataType[] types, DataType type) {
        Object[] boxes = new Object[arguments.length];
        for (int row = 0; row < rows.count(); row++) {
            Object result = null;
            if (!rows.isNull(row)) {
                for (int i = 0; i < boxes.length; i++) {
                    boxes[i] = Objects.requireNonNull(Boxes.read(arguments[i], row, types[i]));
                }
                try {
                    result = function.apply(boxes, rows.context());
                } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
                    throw new RowException(ErrorCode.DATA_EXCEPTION, "function failed: " + e.getMessage(), row);
                }
            }
            Boxes.write(rows, row, type, result);
        }
    }

    /** The names of all operators and functions with kernels. */
    static Set<String> names() {
        return ALL.rules.keySet();
    }

    /** The rule of a name; null when there is none. */
    static @Nullable CallRule find(String name) {
        return ALL.rules.get(name);
    }
}
