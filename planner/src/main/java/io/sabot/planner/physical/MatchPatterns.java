package io.sabot.planner.physical;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.planner.plan.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Translates the PATTERN of a MATCH_RECOGNIZE, and refuses those that could never end or be empty. */
final class MatchPatterns {
    /** More variables have no room in the bits of a verdict. */
    static final int MAX_VARIABLES = 64;
    /** Rows that a pattern names, counted with repetitions. */
    private static final int MAX_LENGTH = 10_000;

    private static final int MAX_PERMUTED = 6;

    private final Build build;
    private final List<String> variables = new ArrayList<>();

    MatchPatterns(Build build) {
        this.build = build;
    }

    /** Names of the variables, by index. */
    List<String> variables() {
        return variables;
    }

    /** Index of a variable; -1 when the pattern has none of that name. */
    int indexOf(String name) {
        return variables.indexOf(name);
    }

    Pattern translate(RexNode pattern) {
        Pattern translated = part(pattern);
        if (variables.size() > MAX_VARIABLES) {
            throw refused("a pattern with more than " + MAX_VARIABLES + " variables is not supported");
        }
        if (length(translated) > MAX_LENGTH) {
            throw refused("a pattern of more than " + MAX_LENGTH + " rows is not supported");
        }
        if (canBeEmpty(translated)) {
            throw build.notSupported("a pattern that matches no row at all is not supported", place())
                    .hint("let at least one variable occur: A+ in place of A*");
        }
        if (endsGreedy(translated)) {
            throw build.notSupported("a pattern cannot end with a greedy quantifier", place())
                    .why("such a match would be known to be complete only at the end of the input")
                    .hint("end with a plain variable, or with a reluctant quantifier such as B+?");
        }
        return translated;
    }

    private Pattern part(RexNode node) {
        if (node instanceof RexLiteral literal) {
            String name = Objects.requireNonNull(literal.getValueAs(String.class));
            if (!variables.contains(name)) {
                variables.add(name);
            }
            return new Pattern.One(indexOf(name));
        }
        RexCall call = (RexCall) node;
        if (call.getKind() == SqlKind.PATTERN_CONCAT) {
            return new Pattern.Sequence(parts(call));
        }
        if (call.getKind() == SqlKind.PATTERN_ALTER) {
            return new Pattern.Choice(parts(call));
        }
        if (call.getKind() == SqlKind.PATTERN_QUANTIFIER) {
            return quantified(call);
        }
        if (call.getKind() == SqlKind.PATTERN_PERMUTE) {
            return permuted(parts(call));
        }
        throw refused("{- … -} in a pattern is not supported, as ALL ROWS PER MATCH is not");
    }

    private List<Pattern> parts(RexCall call) {
        return call.getOperands().stream().map(this::part).toList();
    }

    private Pattern quantified(RexCall call) {
        int least = number(call, 1);
        int most = number(call, 2);
        boolean reluctant = Boolean.TRUE.equals(((RexLiteral) call.getOperands().get(3)).getValueAs(Boolean.class));
        if (most == 0 || (most > 0 && least > most)) {
            throw refused("a quantifier needs at least one time, and no more at least than at most");
        }
        if (least == 0 && most == 1 && reluctant) {
            throw build.notSupported("the reluctant quantifier ?? is not supported", place())
                    .hint("write ?: a row that what follows can take, too, is then left to it as well");
        }
        return new Pattern.Repeat(part(call.getOperands().get(0)), least, most, !reluctant);
    }

    private int number(RexCall call, int operand) {
        BigDecimal value =
                Objects.requireNonNull(((RexLiteral) call.getOperands().get(operand)).getValueAs(BigDecimal.class));
        if (value.compareTo(BigDecimal.valueOf(MAX_LENGTH)) > 0) {
            throw refused("a quantifier of more than " + MAX_LENGTH + " is not supported");
        }
        return value.intValueExact();
    }

    /** All orders of the parts, those first that keep the written one longest. */
    private Pattern permuted(List<Pattern> parts) {
        if (parts.size() > MAX_PERMUTED) {
            throw refused("PERMUTE of more than " + MAX_PERMUTED + " is not supported");
        }
        List<Pattern> orders = new ArrayList<>();
        permute(parts, List.of(), orders);
        return orders.size() == 1 ? orders.get(0) : new Pattern.Choice(orders);
    }

    private static void permute(List<Pattern> left, List<Pattern> taken, List<Pattern> orders) {
        if (left.isEmpty()) {
            orders.add(new Pattern.Sequence(taken));
        }
        for (int i = 0; i < left.size(); i++) {
            List<Pattern> rest = new ArrayList<>(left);
            Pattern next = rest.remove(i);
            permute(rest, Stream.concat(taken.stream(), Stream.of(next)).toList(), orders);
        }
    }

    private static long length(Pattern pattern) {
        if (pattern instanceof Pattern.Sequence sequence) {
            return sequence.parts().stream().mapToLong(MatchPatterns::length).sum();
        }
        if (pattern instanceof Pattern.Choice choice) {
            return choice.options().stream().mapToLong(MatchPatterns::length).sum();
        }
        return pattern instanceof Pattern.Repeat repeat
                ? length(repeat.body()) * Math.max(1, Math.max(repeat.least() + 1L, repeat.most()))
                : 1;
    }

    private static boolean canBeEmpty(Pattern pattern) {
        if (pattern instanceof Pattern.Sequence sequence) {
            return sequence.parts().stream().allMatch(MatchPatterns::canBeEmpty);
        }
        if (pattern instanceof Pattern.Choice choice) {
            return choice.options().stream().anyMatch(MatchPatterns::canBeEmpty);
        }
        return pattern instanceof Pattern.Repeat repeat && (repeat.least() == 0 || canBeEmpty(repeat.body()));
    }

    /** Whether the last row may be one that a greedy quantifier waits for another one after. */
    private static boolean endsGreedy(Pattern pattern) {
        if (pattern instanceof Pattern.Sequence sequence) {
            for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                if (endsGreedy(sequence.parts().get(i))) {
                    return true;
                }
                if (!canBeEmpty(sequence.parts().get(i))) {
                    return false;
                }
            }
            return false;
        }
        if (pattern instanceof Pattern.Choice choice) {
            return choice.options().stream().anyMatch(MatchPatterns::endsGreedy);
        }
        return pattern instanceof Pattern.Repeat repeat && (isHungry(repeat) || endsGreedy(repeat.body()));
    }

    /** {@code ?} and fixed numbers leave no choice that could be greedy. */
    static boolean isHungry(Pattern.Repeat repeat) {
        boolean optional = repeat.least() == 0 && repeat.most() == 1;
        return repeat.greedy() && !optional && repeat.least() != repeat.most();
    }

    private SqlSpan place() {
        return build.places().of(SqlKind.MATCH_RECOGNIZE);
    }

    private SabotException refused(String what) {
        return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what).at(place());
    }
}
