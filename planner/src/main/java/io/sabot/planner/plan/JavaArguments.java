package io.sabot.planner.plan;

import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;

/** What the methods of a function take. */
record JavaArguments(List<JavaFunction.Signature> signatures) implements SqlOperandTypeChecker {
    JavaArguments {
        signatures = List.copyOf(signatures);
    }

    /** The method for the arguments of a call. */
    Optional<JavaFunction.Signature> find(SqlOperatorBinding binding) {
        List<DataType> arguments = new ArrayList<>();
        for (RelDataType type : binding.collectOperandTypes()) {
            arguments.add(CalciteTypes.toCatalog(type));
        }
        return JavaFunction.find(signatures, arguments);
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        boolean fits = find(binding).isPresent();
        if (!fits && throwOnFailure) {
            throw binding.newValidationSignatureError();
        }
        return fits;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (JavaFunction.Signature signature : signatures) {
            int count = signature.parameters().size();
            boolean rest = signature.method().isVarArgs();
            least = Math.min(least, rest ? count - 1 : count);
            most = rest || most < 0 ? -1 : Math.max(most, count);
        }
        return most < 0 ? SqlOperandCountRanges.from(least) : SqlOperandCountRanges.between(least, most);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
        return String.join(
                "\n",
                signatures.stream()
                        .map(signature -> name + "("
                                + String.join(
                                        ", ",
                                        signature.parameters().stream()
                                                .map(DataType::name)
                                                .toList())
                                + ")")
                        .toList());
    }
}
