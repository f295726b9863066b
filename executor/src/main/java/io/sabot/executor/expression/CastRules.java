package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.executor.batch.Storage;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/**
 * CAST, which fails where a text is not a value of the type, and TRY_CAST, which gives NULL there. Numbers wrap, saturate
 * and round as {@link Coercion} says.
 */
final class CastRules {
    private CastRules() {}

    static void declare(Functions functions) {
        functions.declare("ROW", CastRules::row);
        functions.declare("CAST", (call, c) -> cast(call, c, false));
        functions.declare("TRY_CAST", (call, c) -> cast(call, c, true));
        functions.declare("SAFE_CAST", (call, c) -> cast(call, c, true));
    }

    private static @Nullable Node cast(RexCall call, Compilation c, boolean lenient) {
        return cast(c.compile(call.getOperands().get(0)), RexTypes.of(call.getType()), c, c.origin(call), lenient);
    }

    private static @Nullable Node row(RexCall call, Compilation c) {
        return RexTypes.of(call.getType()) instanceof RowType type
                ? new RowNode(type, fieldsOf(c.compileOperands(call), type, c), null)
                : null;
    }

    private static List<Node> fieldsOf(List<Node> nodes, RowType type, Compilation c) {
        List<Node> fields = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            fields.add(Coercion.to(nodes.get(i), type.fields().get(i).type(), c));
        }
        return fields;
    }

    private static @Nullable Node castNested(Node node, DataType type, Compilation c, Origin origin) {
        if (type instanceof AtomicType to) {
            return to.kind().isText()
                    ? StrictNode.careful(type, origin, CastKernels.print(node.type(), to), List.of(node))
                    : null;
        }
        if (node.type() instanceof RowType from
                && type instanceof RowType to
                && from.fields().size() == to.fields().size()) {
            return castRow(node, from, to, c, origin);
        }
        return ListCastNode.of(node, type, c, origin);
    }

    /** Field by field; null when a field cannot be cast. */
    private static @Nullable Node castRow(Node node, RowType from, RowType to, Compilation c, Origin origin) {
        Node row = c.share(node);
        List<Node> fields = new ArrayList<>();
        for (int i = 0; i < to.fields().size(); i++) {
            Node field = new FieldNode(row, i, from.fields().get(i).type());
            Node casted = cast(field, to.fields().get(i).type(), c, origin, false);
            if (casted == null) {
                return null;
            }
            fields.add(casted);
        }
        return new RowNode(to, fields, row);
    }

    /** The values in another type; null when there is no way. {@code origin} names the expression in errors. */
    static @Nullable Node cast(Node node, DataType type, Compilation c, Origin origin, boolean lenient) {
        if (node.type() instanceof AtomicType nothing && nothing.kind() == TypeKind.NULL) {
            return ConstantNode.ofNull(type);
        }
        if (lenient && isTime(node.type()) && type instanceof AtomicType fine && FineTimes.is(fine)) {
            Node casted = cast(node, type, c, origin, false);
            return casted == null ? null : new TryNode(casted);
        }
        Node converted = Coercion.convert(node, type, c);
        if (converted != null) {
            return converted;
        }
        if (!(node.type() instanceof AtomicType)) {
            Node casted = castNested(node, type, c, origin);
            return casted == null || !lenient ? casted : new TryNode(casted);
        }
        if (!(node.type() instanceof AtomicType from) || !(type instanceof AtomicType to)) {
            return null;
        }
        boolean fromBytes = from.kind().isText() || from.kind().isBinary();
        if (to.kind().isText() || to.kind().isBinary()) {
            Kernel kernel = fromBytes ? CastKernels.bytes(to) : CastKernels.print(from, to);
            return StrictNode.careful(type, origin, kernel, List.of(node));
        }
        if (from.kind().isText()) {
            Kernel kernel = CastKernels.parse(to, lenient);
            return kernel == null ? null : StrictNode.careful(type, origin, kernel, List.of(node));
        }
        return from.kind().isTimestamp() || from.kind() == TypeKind.DATE
                ? time(node, from, to, c)
                : other(node, from, to, c);
    }

    private static boolean isTime(DataType type) {
        return type instanceof AtomicType atomic && (atomic.kind().isTimestamp() || atomic.kind() == TypeKind.DATE);
    }

    private static @Nullable Node other(Node node, AtomicType from, AtomicType to, Compilation c) {
        if (from.kind() == TypeKind.TIME && to.kind().isTimestamp()) {
            Node time = Coercion.convert(
                    new RelabelledNode(AtomicType.timestamp(3), node), AtomicType.timestamp(to.precision()), c);
            return time == null
                    ? null
                    : to.kind() == TypeKind.TIMESTAMP ? time : zoned(time, to, to.precision(), true, c);
        }
        boolean toInterval = to.kind() == TypeKind.INTERVAL_DAY_TIME || to.kind() == TypeKind.INTERVAL_YEAR_MONTH;
        if (toInterval && from.kind().isInteger()) {
            return new RelabelledNode(to, node);
        }
        boolean interval = from.kind() == TypeKind.INTERVAL_DAY_TIME || from.kind() == TypeKind.INTERVAL_YEAR_MONTH;
        if (interval && to.kind().isInteger()) {
            return Coercion.convert(new RelabelledNode(AtomicType.BIGINT, node), to, c);
        }
        if (from.kind() == TypeKind.BOOLEAN && to.kind().isNumeric()) {
            Node number = StrictNode.cheap(
                    AtomicType.INT,
                    (rows, arguments) -> {
                        for (int i = 0; i < rows.count(); i++) {
                            rows.putLong(i, arguments[0].getBoolean(i) ? 1 : 0);
                        }
                    },
                    node);
            return Coercion.convert(number, to, c);
        }
        if (to.kind() == TypeKind.BOOLEAN && (node.lane() == Lane.DOUBLE || node.lane() == Lane.DECIMAL)) {
            Node zero = Coercion.to(c.constant(0), node.type().withNullable(false), c);
            return StrictNode.cheap(to, ComparisonRules.equality(node.lane()).negated(), node, zero);
        }
        if (to.kind() == TypeKind.BOOLEAN && (from.kind().isInteger() || from.kind() == TypeKind.DECIMAL)) {
            return StrictNode.cheap(to, Kernel.Binary.of(LongKernels::equal).negated(), node, c.constant(0));
        }
        return null;
    }

    private static @Nullable Node time(Node node, AtomicType from, AtomicType to, Compilation c) {
        boolean fromInstant = from.kind() == TypeKind.TIMESTAMP_LTZ;
        boolean toInstant = to.kind() == TypeKind.TIMESTAMP_LTZ;
        if (to.kind() != TypeKind.DATE
                && to.kind() != TypeKind.TIME
                && !to.kind().isTimestamp()) {
            return null;
        }
        AtomicType local = AtomicType.timestamp(from.kind() == TypeKind.DATE ? to.precision() : from.precision());
        Node time = node;
        if (from.kind() == TypeKind.DATE) {
            time = TimeArithmetic.toTimestamp(node, from, local, c);
        } else if (fromInstant) {
            time = zoned(node, local, from.precision(), false, c);
        }
        if (time == null) {
            return null;
        }
        if (toInstant) {
            Node instant = zoned(time, AtomicType.timestampLtz(local.precision()), local.precision(), true, c);
            return Coercion.convert(instant, to, c);
        }
        if (to.kind() == TypeKind.TIMESTAMP) {
            return Coercion.convert(time, to, c);
        }
        long day = TimeArithmetic.unitsPerDay(local);
        boolean date = to.kind() == TypeKind.DATE;
        long units = day / TimeArithmetic.DAY_MILLIS;
        long step = date ? 1 : Digits.power(3 - Math.min(3, to.precision()));
        return StrictNode.cheap(
                to,
                (rows, arguments) -> {
                    for (int i = 0; i < rows.count(); i++) {
                        long value = arguments[0].getLong(i);
                        rows.putLong(
                                i, date ? Math.floorDiv(value, day) : Math.floorMod(value, day) / units / step * step);
                    }
                },
                time);
    }

    /** Between local times and instants of the same units, in the session's time zone. */
    private static Node zoned(Node node, AtomicType type, int precision, boolean toInstant, Compilation c) {
        long units = Storage.unitsPerMilli(precision);
        boolean fine = FineTimes.is(type);
        Kernel kernel = (rows, arguments) -> {
            Zone zone = new Zone(rows.context().zone());
            for (int i = 0; i < rows.count(); i++) {
                long value = arguments[0].getLong(i);
                long millis = Math.floorDiv(value, units);
                long moved = toInstant ? zone.toUtc(millis) : zone.toLocal(millis);
                if (fine && !rows.isNull(i)) {
                    rows.putLong(i, FineTimes.nanos(moved, value - millis * units, i));
                } else {
                    rows.putLong(i, value + (moved - millis) * units);
                }
            }
        };
        return fine
                ? StrictNode.careful(type, c.origin(), kernel, List.of(node))
                : StrictNode.cheap(type, kernel, node);
    }
}
