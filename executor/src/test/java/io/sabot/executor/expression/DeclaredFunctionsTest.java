package io.sabot.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.planner.function.FunctionDefinition;
import io.sabot.planner.function.FunctionTable;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlOperator;
import org.junit.jupiter.api.Test;

/** Every function that the planner declares is computed here, and nothing else is. */
final class DeclaredFunctionsTest {
    /** Calcite turns these into other calls before they reach a kernel. */
    private static final Set<String> REWRITTEN =
            Set.of("TIMESTAMPADD", "TIMESTAMPDIFF", "TIMESTAMP_ADD", "TIMESTAMP_DIFF");

    /** What Calcite's rules make of other calls. */
    private static final Set<String> MADE_BY_CALCITE = Set.of("/INT", "SEARCH", "REINTERPRET", "!=", "SAFE_CAST");

    private static String nameOf(FunctionDefinition function) {
        return function.operator().getName().toUpperCase(Locale.ROOT);
    }

    @Test
    void everyScalarFunctionHasAKernel() {
        Set<String> missing = FunctionTable.INSTANCE.definitions().stream()
                .filter(FunctionDefinition::isScalar)
                .map(DeclaredFunctionsTest::nameOf)
                .filter(name -> Functions.find(name) == null && !REWRITTEN.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing).isEmpty();
    }

    @Test
    void everyKernelIsOfADeclaredFunctionOrOperator() {
        Set<String> known = FunctionTable.INSTANCE.getOperatorList().stream()
                .map(SqlOperator::getName)
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        Set<String> unknown = Functions.names().stream()
                .filter(name -> !known.contains(name) && !MADE_BY_CALCITE.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unknown).isEmpty();
    }
}
