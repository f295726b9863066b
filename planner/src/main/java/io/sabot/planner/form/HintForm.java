package io.sabot.planner.form;

import io.sabot.catalog.Guess;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.text.SqlSpans;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.hint.HintPredicates;
import org.apache.calcite.rel.hint.HintStrategyTable;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/** The hints that there are: refuses others, and those whose contents cannot be read. */
public final class HintForm {
    private static final Map<String, String> OF_PAIRS = Map.of(
            "OPTIONS", "OPTIONS('key' = 'value', …)",
            "STATE_TTL", "STATE_TTL('t' = '1 d', …)",
            "LOOKUP", "LOOKUP('table' = 't', …)");

    /** They choose how a join is computed, never what it gives; here all joins are computed in one way. */
    private static final Set<String> OF_JOINS =
            Set.of("BROADCAST", "SHUFFLE_HASH", "SHUFFLE_MERGE", "NEST_LOOP", "MULTI_JOIN");

    private HintForm() {}

    /** To which nodes hints belong; those that belong to none are read from the text, or change nothing. */
    public static HintStrategyTable strategies() {
        HintStrategyTable.Builder strategies = HintStrategyTable.builder()
                .hintStrategy("OPTIONS", HintPredicates.TABLE_SCAN)
                .hintStrategy("LOOKUP", HintPredicates.TABLE_SCAN)
                .hintStrategy("STATE_TTL", (hint, rel) -> false);
        OF_JOINS.forEach(name -> strategies.hintStrategy(name, (hint, rel) -> false));
        return strategies.build();
    }

    static void check(SqlHint hint) {
        String name = hint.getName().toUpperCase(Locale.ROOT);
        if (OF_JOINS.contains(name)) {
            return;
        }
        if (!OF_PAIRS.containsKey(name)) {
            SabotException error = SabotException.of(
                            ErrorCode.UNDEFINED_OBJECT, "hint '" + hint.getName() + "' does not exist")
                    .at(SqlSpans.of(hint))
                    .why("there are OPTIONS, STATE_TTL and LOOKUP");
            throw Guess.closest(name, List.copyOf(OF_PAIRS.keySet()))
                    .map(guess -> error.hint("did you mean " + guess + "?"))
                    .orElse(error);
        }
        boolean pairs = hint.getOptionFormat() == SqlHint.HintOptionFormat.KV_LIST
                && hint.getOperandList().get(1) instanceof SqlNodeList list
                && list.stream().allMatch(HintForm::isText);
        if (!pairs) {
            throw SabotException.of(ErrorCode.SYNTAX_ERROR, name + " takes names and values")
                    .at(SqlSpans.of(hint))
                    .hint("write " + OF_PAIRS.get(name));
        }
    }

    /**
     * A hint of joins changes nothing, but one of a table that is not there is a mistake.
     *
     * @param tables names of what stands in FROM
     */
    public static void checkTables(SqlHint hint, Set<String> tables) {
        if (!OF_JOINS.contains(hint.getName().toUpperCase(Locale.ROOT))) {
            return;
        }
        for (String name : hint.getOptionList()) {
            if (!tables.contains(name)) {
                throw SabotException.of(
                                ErrorCode.UNDEFINED_TABLE,
                                hint.getName() + " names '" + name + "', which is not in FROM")
                        .at(SqlSpans.of(hint))
                        .why("FROM has " + String.join(", ", tables));
            }
        }
    }

    private static boolean isText(SqlNode node) {
        return node instanceof SqlCharStringLiteral || node instanceof SqlIdentifier;
    }
}
