package io.sabot.planner.plan;

import io.sabot.catalog.function.JavaFunction;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.RowType;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;

/** A function of a user that a class computes; the method is chosen by the types of the arguments. */
public class JavaOperator extends SqlFunction {
    private final JavaFunction function;

    private JavaOperator(JavaFunction function, List<String> name, SqlReturnTypeInference result) {
        super(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                result,
                null,
                new JavaArguments(function.signatures()),
                null,
                function.isTable()
                        ? SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION
                        : SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.function = function;
    }

    /** The operator of a function; the validator finds it again by its full name. */
    public static JavaOperator of(JavaFunction function, List<String> name) {
        return function.isTable()
                ? new Table(function, name)
                : new JavaOperator(function, name, binding -> scalarType(function, binding));
    }

    /** What is called. */
    public JavaFunction function() {
        return function;
    }

    @Override
    public boolean isDeterministic() {
        return function.isDeterministic();
    }

    /** The columns that a table function gives. */
    public static List<Field> columns(DataType result) {
        return result instanceof RowType row ? row.fields() : List.of(new Field("f0", result));
    }

    private static JavaFunction.Signature signature(JavaFunction function, SqlOperatorBinding binding) {
        return new JavaArguments(function.signatures()).find(binding).orElseThrow();
    }

    /** NULL for a parameter of a primitive class gives NULL without a call. */
    private static RelDataType scalarType(JavaFunction function, SqlOperatorBinding binding) {
        JavaFunction.Signature signature = signature(function, binding);
        boolean nullable = signature.result().nullable();
        for (int i = 0; i < binding.getOperandCount(); i++) {
            nullable |= signature.parameterClass(i).isPrimitive()
                    && binding.getOperandType(i).isNullable();
        }
        return CalciteTypes.toCalcite(signature.result().withNullable(nullable), binding.getTypeFactory());
    }

    /** A function that gives rows. */
    private static final class Table extends JavaOperator implements SqlTableFunction {
        Table(JavaFunction function, List<String> name) {
            super(function, name, ReturnTypes.CURSOR);
        }

        @Override
        public SqlReturnTypeInference getRowTypeInference() {
            return binding -> {
                DataType result = signature(function(), binding).result();
                RelDataTypeFactory factory = binding.getTypeFactory();
                RelDataTypeFactory.Builder row = factory.builder();
                columns(result).forEach(field -> row.add(field.name(), CalciteTypes.toCalcite(field.type(), factory)));
                return row.build();
            };
        }
    }
}
