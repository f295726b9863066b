package io.sabot.executor.expression;

import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.TypeKind;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.jspecify.annotations.Nullable;

/** Functions of texts that have a kernel over bytes. */
final class TextRules {
    private static final AtomicType INT = AtomicType.INT;

    private TextRules() {}

    static void declare(Functions functions) {
        functions.declare("CHAR_LENGTH", TextRules::charLength);
        functions.declare("CHARACTER_LENGTH", TextRules::charLength);
        functions.kernel("UPPER", TextLoops.changeCase(true));
        functions.kernel("LOWER", TextLoops.changeCase(false));
        functions.declare("SUBSTRING", TextRules::substring);
        functions.declare("SUBSTR", TextRules::substring);
        functions.kernel("LEFT", TextLoops::left);
        functions.kernel("RIGHT", TextLoops::right);
        functions.declare("TRIM", TextRules::trim);
        functions.declare("LTRIM", (call, c) -> trim(call, c, true, false));
        functions.declare("RTRIM", (call, c) -> trim(call, c, false, true));
        functions.declare("BTRIM", (call, c) -> trim(call, c, true, true));
        functions.declare("||", TextRules::concat);
        functions.declare("CONCAT", TextRules::concat);
        functions.declare(
                "CONCAT_WS",
                (call, c) -> StrictNode.nullAware(
                        RexTypes.of(call.getType()),
                        c.origin(call),
                        TextLoops::concatWithSeparator,
                        c.compileOperands(call)));
        functions.declare("LIKE", TextRules::like);
        functions.declare("POSITION", TextRules::position);
        functions.declare("LOCATE", TextRules::position);
        functions.declare(
                "INSTR",
                (call, c) -> call.getOperands().size() > 2
                        ? TextShapes.instr(call, c)
                        : position(
                                call,
                                c,
                                call.getOperands().get(1),
                                call.getOperands().get(0),
                                null));
        functions.kernel("REPLACE", TextLoops::replace);
        functions.declare("SPLIT_INDEX", TextRules::splitIndex);
        functions.kernel("STARTSWITH", TextLoops::startsWith);
        functions.kernel("ENDSWITH", TextLoops::endsWith);
        functions.declare(
                "REGEXP_EXTRACT",
                (call, c) -> StrictNode.careful(
                        RexTypes.of(call.getType()), c.origin(call), new RegexpExtract(), c.compileOperands(call)));
    }

    private static boolean isText(Node node) {
        return Compilation.kind(node.type()).isText();
    }

    private static @Nullable Node charLength(RexCall call, Compilation c) {
        Node text = c.compile(call.getOperands().get(0));
        return isText(text) ? StrictNode.cheap(RexTypes.of(call.getType()), TextLoops::charLength, text) : null;
    }

    private static @Nullable Node substring(RexCall call, Compilation c) {
        List<Node> operands = c.compileOperands(call);
        DataType type = RexTypes.of(call.getType());
        return isText(operands.get(0))
                ? StrictNode.careful(type, c.origin(call), TextLoops::substring, operands)
                : null;
    }

    private static @Nullable Node trim(RexCall call, Compilation c) {
        if (!(call.getOperands().get(0) instanceof RexLiteral literal)
                || !(literal.getValue() instanceof SqlTrimFunction.Flag flag)) {
            return null;
        }
        Node characters = c.compile(call.getOperands().get(1));
        Node text = c.compile(call.getOperands().get(2));
        return trim(call, c, text, characters, flag.getLeft() != 0, flag.getRight() != 0);
    }

    private static @Nullable Node trim(RexCall call, Compilation c, boolean left, boolean right) {
        List<Node> operands = c.compileOperands(call);
        Node blank = ConstantNode.ofText(AtomicType.of(TypeKind.CHAR, 1), new byte[] {' '}, c.constants());
        return trim(call, c, operands.get(0), operands.size() > 1 ? operands.get(1) : blank, left, right);
    }

    private static @Nullable Node trim(
            RexCall call, Compilation c, Node text, Node characters, boolean left, boolean right) {
        DataType type = RexTypes.of(call.getType());
        return isText(text)
                ? StrictNode.careful(type, c.origin(call), TextLoops.trim(left, right), List.of(text, characters))
                : null;
    }

    private static @Nullable Node concat(RexCall call, Compilation c) {
        DataType type = RexTypes.of(call.getType());
        return Lane.of(type) == Lane.TEXT
                ? StrictNode.careful(type, c.origin(call), TextLoops::concat, c.compileOperands(call))
                : null;
    }

    private static @Nullable Node like(RexCall call, Compilation c) {
        List<RexNode> operands = call.getOperands();
        List<Node> arguments = new ArrayList<>(List.of(c.compile(operands.get(0)), c.compile(operands.get(1))));
        int escape = -1;
        if (operands.size() == 3) {
            String text = operands.get(2) instanceof RexLiteral literal ? literal.getValueAs(String.class) : null;
            if (text == null || text.codePointCount(0, text.length()) != 1) {
                return null;
            }
            escape = text.codePointAt(0);
        }
        DataType type = RexTypes.of(call.getType());
        String pattern = operands.get(1) instanceof RexLiteral literal ? literal.getValueAs(String.class) : null;
        if (pattern == null) {
            return StrictNode.careful(type, c.origin(call), new DynamicLike(escape), arguments);
        }
        try {
            return StrictNode.careful(
                    type, c.origin(call), TextLoops.like(LikePattern.of(pattern, escape)), List.of(arguments.get(0)));
        } catch (IllegalArgumentException e) {
            throw SabotException.of(ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage()))
                    .hint("the escape character may stand before %, _ and itself");
        }
    }

    private static @Nullable Node position(RexCall call, Compilation c) {
        List<RexNode> operands = call.getOperands();
        return operands.size() > 3
                ? null
                : position(call, c, operands.get(0), operands.get(1), operands.size() == 3 ? operands.get(2) : null);
    }

    private static @Nullable Node position(
            RexCall call, Compilation c, RexNode wanted, RexNode text, @Nullable RexNode from) {
        Node start = from == null ? ConstantNode.ofLong(INT, 1, c.constants()) : c.compile(from);
        Node searched = c.compile(text);
        return isText(searched)
                ? StrictNode.careful(
                        RexTypes.of(call.getType()),
                        c.origin(call),
                        TextLoops::position,
                        List.of(c.compile(wanted), searched, start))
                : null;
    }

    private static @Nullable Node splitIndex(RexCall call, Compilation c) {
        List<RexNode> operands = call.getOperands();
        Node separator = c.compile(operands.get(1));
        if (separator.lane() == Lane.LONG) {
            Integer code = operands.get(1) instanceof RexLiteral literal ? literal.getValueAs(Integer.class) : null;
            if (code == null || !Character.isValidCodePoint(code)) {
                return null;
            }
            byte[] bytes = Character.toString(code).getBytes(StandardCharsets.UTF_8);
            separator = ConstantNode.ofText(AtomicType.STRING, bytes, c.constants());
        }
        return StrictNode.careful(
                RexTypes.of(call.getType()),
                c.origin(call),
                TextLoops::splitIndex,
                List.of(c.compile(operands.get(0)), separator, c.compile(operands.get(2))));
    }

    /** LIKE whose pattern comes from a column; the pattern of the row before is kept. */
    private static final class DynamicLike implements Kernel {
        private final int escape;
        private String text = "";
        private LikePattern pattern;

        DynamicLike(int escape) {
            this.escape = escape;
            this.pattern = LikePattern.of(text, escape);
        }

        @Override
        public void run(Rows rows, Value... arguments) {
            for (int i = 0; i < rows.count(); i++) {
                if (rows.isNull(i)) {
                    continue;
                }
                String newText = ValueTexts.string(arguments[1], i);
                if (!newText.equals(text)) {
                    try {
                        pattern = LikePattern.of(newText, escape);
                    } catch (IllegalArgumentException e) {
                        throw new RowException(ErrorCode.INVALID_PARAMETER, String.valueOf(e.getMessage()), i);
                    }
                    text = newText;
                }
                rows.putBoolean(i, pattern.matches(arguments[0].low(i), (int) arguments[0].high(i)));
            }
        }
    }
}
