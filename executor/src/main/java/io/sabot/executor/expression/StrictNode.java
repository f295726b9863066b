package io.sabot.executor.expression;

import io.sabot.catalog.type.DataType;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;
import java.util.Optional;

/** A kernel over the values of other nodes. Its result is NULL where one of them is NULL, unless made {@link #nullAware}. */
final class StrictNode extends Node {
    private final Kernel kernel;
    private final Node[] arguments;
    private final boolean strict;
    private final Origin origin;
    private boolean perRow;

    private StrictNode(
            DataType type, boolean eager, Kernel kernel, List<Node> arguments, boolean strict, Origin origin) {
        super(type, eager);
        this.kernel = kernel;
        this.arguments = arguments.toArray(Node[]::new);
        this.strict = strict;
        this.origin = origin;
    }

    private static boolean eager(List<Node> arguments) {
        return arguments.stream().allMatch(Node::isEager);
    }

    /** Where an argument is the constant NULL, so is the result: the others are not computed, as in Flink. */
    private static Node strict(DataType type, boolean eager, Kernel kernel, List<Node> arguments, Origin origin) {
        for (Node argument : arguments) {
            if (argument instanceof ConstantNode constant && constant.value() == null) {
                return ConstantNode.ofNull(type);
            }
        }
        return new StrictNode(type, eager, kernel, arguments, true, origin);
    }

    /** A cheap kernel that never fails. */
    static Node cheap(DataType type, Kernel kernel, Node... arguments) {
        return strict(type, eager(List.of(arguments)), kernel, List.of(arguments), Origin.NONE);
    }

    /** A cheap kernel that never fails and sees NULL arguments; it decides itself which results are NULL. */
    static Node cheapNullAware(DataType type, Kernel kernel, Node... arguments) {
        return new StrictNode(type, eager(List.of(arguments)), kernel, List.of(arguments), false, Origin.NONE);
    }

    /** A kernel that may fail or is dear; {@code origin} is what errors say of it. */
    static Node careful(DataType type, Origin origin, Kernel kernel, List<Node> arguments) {
        return strict(type, false, kernel, arguments, origin);
    }

    /** A kernel that sees NULL arguments and decides itself which results are NULL; may fail or be dear. */
    static Node nullAware(DataType type, Origin origin, Kernel kernel, List<Node> arguments) {
        return new StrictNode(type, false, kernel, arguments, false, origin);
    }

    /** A kernel that gives every row a value of its own, also when all arguments are constant. */
    static Node perRow(DataType type, Origin origin, Kernel kernel, List<Node> arguments) {
        StrictNode node = new StrictNode(type, false, kernel, arguments, false, origin);
        node.perRow = true;
        return node;
    }

    @Override
    Value evaluate(Frame frame) {
        Value[] values = new Value[arguments.length];
        boolean constant = !perRow;
        long validity = 0;
        for (int i = 0; i < values.length; i++) {
            Value value = arguments[i].evaluate(frame);
            if (strict && value.isNullConstant()) {
                return frame.nulls();
            }
            if (strict) {
                validity = frame.bothValid(validity, value.validity);
            }
            constant &= value.isConstant();
            values[i] = value;
        }
        Rows rows = new Rows(frame, lane(), constant ? 1 : frame.count(), validity);
        try {
            kernel.run(rows, values);
        } catch (RowException e) {
            rows.abandon();
            throw describe(e, values);
        } catch (RuntimeException | Error e) {
            rows.abandon();
            throw e;
        }
        return rows.result(constant);
    }

    private SabotException describe(RowException error, Value[] values) {
        if (origin.text().isEmpty()) {
            return SabotException.of(error.code(), error.what());
        }
        StringBuilder why = new StringBuilder(origin.named());
        String separator = " with ";
        for (int i = 0; i < values.length; i++) {
            if (arguments[i] instanceof ConstantNode) {
                continue;
            }
            why.append(separator).append(ValueTexts.text(values[i], error.row(), arguments[i].type()));
            separator = ", ";
        }
        SabotException described =
                SabotException.of(error.code(), error.what()).at(origin.span()).why(why.toString());
        return advice(error.code()).map(described::hint).orElse(described);
    }

    private Optional<String> advice(ErrorCode code) {
        if (code == ErrorCode.DIVISION_BY_ZERO) {
            return Optional.of("NULLIF(divisor, 0) as the divisor gives NULL there");
        }
        boolean isCast = code == ErrorCode.INVALID_CAST || code == ErrorCode.INVALID_DATETIME;
        return isCast && origin.text().startsWith("CAST(")
                ? Optional.of("TRY_CAST gives NULL there")
                : Optional.empty();
    }
}
