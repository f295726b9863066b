package io.sabot.planner.explain;

import io.sabot.planner.plan.MatchNode;
import io.sabot.planner.plan.MatchTerms;
import io.sabot.planner.plan.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a MATCH_RECOGNIZE looks for. */
final class MatchText {
    private final MatchNode node;
    private final List<String> names;

    private MatchText(MatchNode node) {
        this.node = node;
        this.names = node.variables().stream().map(MatchNode.Variable::name).toList();
    }

    static String of(MatchNode node) {
        return new MatchText(node).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        if (!node.keys().isEmpty()) {
            text.append(" by ").append(NodeText.names(node.keys(), node.input().schema()));
        }
        text.append(" ordered").append(OrderText.by(node.order(), node.input().schema()));
        text.append(" pattern ").append(pattern(node.pattern()));
        if (node.within() > 0) {
            text.append(" within ").append(Durations.text(node.within()));
        }
        text.append(" skip ").append(node.skip().text());
        for (MatchNode.Variable variable : node.variables()) {
            variable.condition()
                    .ifPresent(condition -> text.append(" where ")
                            .append(variable.name())
                            .append(": ")
                            .append(expressions(condition).get(0)));
        }
        List<String> outputs = new ArrayList<>();
        List<String> values = expressions(node.output());
        for (int i = 0; i < values.size(); i++) {
            String name = node.schema().name(i);
            outputs.add(i < node.keys().size() ? name : name + "=" + values.get(i));
        }
        return text.append(" [").append(String.join(", ", outputs)).append("]").toString();
    }

    private List<String> expressions(MatchTerms terms) {
        ExpressionText text =
                new ExpressionText(terms.terms().stream().map(this::term).toList());
        return terms.expressions().stream().map(text::of).toList();
    }

    private String term(MatchTerms.Term term) {
        ExpressionText features = new ExpressionText(NodeText.names(node.input().schema()));
        String rows = term.variables().isEmpty()
                ? ""
                : term.variables().stream().map(names::get).collect(Collectors.joining("|", "", "."));
        if (term instanceof MatchTerms.OfRow row) {
            String value = features.of(node.features().get(row.feature()));
            return (row.fromFirst() ? "FIRST(" : "LAST(") + rows + value + (row.offset() > 0 ? ", " + row.offset() : "")
                    + ")";
        }
        MatchTerms.OfRows aggregate = (MatchTerms.OfRows) term;
        String arguments = aggregate.call().arguments().stream()
                .map(argument -> rows + features.of(node.features().get(argument)))
                .collect(Collectors.joining(", "));
        return aggregate.call().function() + "(" + (arguments.isEmpty() ? "*" : arguments) + ")";
    }

    private String pattern(Pattern pattern) {
        if (pattern instanceof Pattern.One one) {
            return names.get(one.variable());
        }
        if (pattern instanceof Pattern.Sequence sequence) {
            return sequence.parts().stream().map(this::pattern).collect(Collectors.joining(" ", "(", ")"));
        }
        if (pattern instanceof Pattern.Choice choice) {
            return choice.options().stream().map(this::pattern).collect(Collectors.joining(" | ", "(", ")"));
        }
        if (pattern instanceof Pattern.Repeat repeat) {
            return pattern(repeat.body()) + quantifier(repeat) + (repeat.greedy() ? "" : "?");
        }
        throw new AssertionError(pattern);
    }

    private static String quantifier(Pattern.Repeat repeat) {
        if (repeat.most() == -1 && repeat.least() <= 1) {
            return repeat.least() == 0 ? "*" : "+";
        }
        if (repeat.least() == 0 && repeat.most() == 1) {
            return "?";
        }
        if (repeat.least() == repeat.most()) {
            return "{" + repeat.least() + "}";
        }
        return "{" + repeat.least() + "," + (repeat.most() < 0 ? "" : repeat.most()) + "}";
    }
}
