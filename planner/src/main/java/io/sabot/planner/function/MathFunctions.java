package io.sabot.planner.function;

import static io.sabot.planner.function.Signatures.DOUBLE;
import static io.sabot.planner.function.Signatures.NUMBER;
import static io.sabot.planner.function.Signatures.STRING;
import static io.sabot.planner.function.Signatures.STRING_OR_NULL;
import static io.sabot.planner.function.Signatures.TEXT;
import static io.sabot.planner.function.Signatures.WHOLE;
import static io.sabot.planner.function.Signatures.either;
import static io.sabot.planner.function.Signatures.family;
import static io.sabot.planner.function.Signatures.random;
import static io.sabot.planner.function.Signatures.scalar;
import static io.sabot.planner.function.Signatures.upTo;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlRandIntegerFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of numbers. */
final class MathFunctions {
    private static final SqlFunction LOG = scalar("LOG", DOUBLE, upTo(1, NUMBER, NUMBER));

    private static final SqlFunction RAND_INTEGER = new SqlRandIntegerFunction() {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            return either(family(WHOLE), family(WHOLE, WHOLE)).checkOperandTypes(binding, throwOnFailure);
        }
    };

    static final List<FunctionDefinition> ALL = List.of(
            of(SqlStdOperatorTable.ABS, "ABS(number)", "The number without its sign")
                    .example("ABS(-5)", "5")
                    .example("ABS(-1.50)", "1.50"),
            of(SqlStdOperatorTable.MOD, "MOD(a, b)\na % b", "What is left of a when divided by b; has the sign of a")
                    .example("MOD(-7, 3)", "-1")
                    .example("7.5 % 2", "1.5"),
            of(
                            SqlStdOperatorTable.CEIL,
                            "CEIL(number)\nCEIL(time TO unit)",
                            "The next whole number, or the next start of a unit of time, that is not smaller")
                    .example("CEIL(1.2)", "2")
                    .example("CEIL(DATE '2024-02-29' TO MONTH)", "2024-03-01"),
            of(
                            SqlStdOperatorTable.FLOOR,
                            "FLOOR(number)\nFLOOR(time TO unit)",
                            "The next whole number, or the start of the unit of time, that is not larger; weeks start on Sunday")
                    .example("FLOOR(-1.2)", "-2")
                    .example("FLOOR(TIMESTAMP '2024-02-29 12:34:56' TO HOUR)", "2024-02-29 12:00:00"),
            of(
                            scalar("ROUND", MathFunctions::rounded, upTo(1, NUMBER, WHOLE)),
                            "ROUND(number [, digits])",
                            "The nearest number of so many digits after the point, half away from 0; negative digits round before it")
                    .example("ROUND(1.256, 2)", "1.26")
                    .example("ROUND(155, -1)", "160"),
            of(
                            scalar("TRUNCATE", MathFunctions::rounded, upTo(1, NUMBER, WHOLE)),
                            "TRUNCATE(number [, digits])",
                            "The number cut to so many digits after the point")
                    .example("TRUNCATE(42.345, 2)", "42.34")
                    .example("TRUNCATE(-1.99)", "-1"),
            of(SqlStdOperatorTable.SIGN, "SIGN(number)", "-1, 0 or 1, of the type of the number")
                    .example("SIGN(-5)", "-1"),
            of(SqlStdOperatorTable.POWER, "POWER(base, exponent)", "The base to the power of the exponent")
                    .example("POWER(2, 10)", "1024.0"),
            of(SqlStdOperatorTable.SQRT, "SQRT(number)", "The square root; NaN of a negative number")
                    .example("SQRT(9)", "3.0"),
            of(SqlStdOperatorTable.CBRT, "CBRT(number)", "The cube root")
                    .differing("Flink has no such function")
                    .example("CBRT(27)", "3.0"),
            of(SqlStdOperatorTable.EXP, "EXP(number)", "e to the power of the number")
                    .example("EXP(0)", "1.0"),
            of(SqlStdOperatorTable.LN, "LN(number)", "The natural logarithm").example("LN(1)", "0.0"),
            of(LOG, "LOG(number)\nLOG(base, number)", "The natural logarithm, or the one of a base, which comes first")
                    .example("LOG(2, 8)", "3.0")
                    .example("LOG(1)", "0.0"),
            of(scalar("LOG2", DOUBLE, family(NUMBER)), "LOG2(number)", "The logarithm of base 2")
                    .example("LOG2(8)", "3.0"),
            of(SqlStdOperatorTable.LOG10, "LOG10(number)", "The logarithm of base 10")
                    .example("LOG10(100)", "2.0"),
            of(SqlStdOperatorTable.SIN, "SIN(number)", "The sine of an angle in radians")
                    .example("SIN(0)", "0.0"),
            of(SqlStdOperatorTable.COS, "COS(number)", "The cosine of an angle in radians")
                    .example("COS(0)", "1.0"),
            of(SqlStdOperatorTable.TAN, "TAN(number)", "The tangent of an angle in radians")
                    .example("TAN(0)", "0.0"),
            of(SqlStdOperatorTable.COT, "COT(number)", "The cotangent of an angle in radians")
                    .example("ROUND(COT(1), 4)", "0.6421"),
            of(SqlStdOperatorTable.ASIN, "ASIN(number)", "The angle whose sine this is")
                    .example("ASIN(0)", "0.0"),
            of(SqlStdOperatorTable.ACOS, "ACOS(number)", "The angle whose cosine this is")
                    .example("ACOS(1)", "0.0"),
            of(SqlStdOperatorTable.ATAN, "ATAN(number)", "The angle whose tangent this is")
                    .example("ATAN(0)", "0.0"),
            of(SqlStdOperatorTable.ATAN2, "ATAN2(y, x)", "The angle of the point (x, y)")
                    .example("ATAN2(0, 1)", "0.0"),
            of(SqlLibraryOperators.SINH, "SINH(number)", "The hyperbolic sine").example("SINH(0)", "0.0"),
            of(SqlLibraryOperators.COSH, "COSH(number)", "The hyperbolic cosine")
                    .example("COSH(0)", "1.0"),
            of(SqlLibraryOperators.TANH, "TANH(number)", "The hyperbolic tangent")
                    .example("TANH(0)", "0.0"),
            of(SqlStdOperatorTable.DEGREES, "DEGREES(radians)", "An angle in degrees")
                    .example("DEGREES(PI())", "180.0"),
            of(SqlStdOperatorTable.RADIANS, "RADIANS(degrees)", "An angle in radians")
                    .example("RADIANS(180)", "3.141592653589793"),
            of(SqlStdOperatorTable.PI, "PI()", "The ratio of a circle's circumference to its diameter")
                    .nulls(NullRule.NEVER)
                    .example("PI()", "3.141592653589793"),
            of(
                            scalar("E", ReturnTypes.explicit(SqlTypeName.DOUBLE), OperandTypes.NILADIC),
                            "E()",
                            "The base of natural logarithms")
                    .nulls(NullRule.NEVER)
                    .example("E()", "2.718281828459045"),
            of(
                            SqlStdOperatorTable.RAND,
                            "RAND([seed])",
                            "A pseudo-random number from 0 on and below 1; with a seed the same ones again")
                    .example("RAND() < 1", "TRUE"),
            of(
                            RAND_INTEGER,
                            "RAND_INTEGER([seed,] bound)",
                            "A pseudo-random whole number from 0 on and below the bound")
                    .example("RAND_INTEGER(10) < 10", "TRUE"),
            of(
                            random("UUID", ReturnTypes.explicit(SqlTypeName.CHAR, 36)),
                            "UUID()",
                            "A random UUID (RFC 4122, version 4)")
                    .nulls(NullRule.NEVER)
                    .example("CHAR_LENGTH(UUID())", "36"),
            of(SqlLibraryOperators.BIN, "BIN(number)", "A whole number in base 2")
                    .example("BIN(5)", "101"),
            of(
                            scalar("HEX", STRING, either(family(NUMBER), family(TEXT))),
                            "HEX(number)\nHEX(text)",
                            "A whole number, or the bytes of a text, in base 16")
                    .example("HEX(255)", "FF")
                    .example("HEX('abc')", "616263"),
            of(
                            scalar("UNHEX", Signatures.BINARY_OR_NULL, family(TEXT)),
                            "UNHEX(text)",
                            "The bytes that pairs of digits of base 16 stand for")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("DECODE(UNHEX('466C696E6B'), 'UTF-8')", "Flink"),
            of(
                            scalar(
                                    "CONV",
                                    STRING_OR_NULL,
                                    either(family(WHOLE, WHOLE, WHOLE), family(TEXT, WHOLE, WHOLE))),
                            "CONV(number, from_base, to_base)",
                            "A whole number in another base of 2 to 36; with a negative base the result has a sign")
                    .differing("Flink 2.3 has no such function")
                    .nulls(NullRule.STRICT_OR_BAD)
                    .example("CONV('100', 2, 10)", "4")
                    .example("CONV(-15, 10, -16)", "-F"));

    private MathFunctions() {}

    /** Of a DECIMAL only the digits that are left, as Flink has it. */
    private static RelDataType rounded(SqlOperatorBinding binding) {
        RelDataType type = binding.getOperandType(0);
        if (type.getSqlTypeName() != SqlTypeName.DECIMAL) {
            return nullable(binding, type);
        }
        int precision = type.getPrecision();
        int scale = type.getScale();
        int digits = 0;
        if (binding.getOperandCount() > 1) {
            if (!binding.isOperandLiteral(1, true)) {
                return nullable(binding, type);
            }
            Integer literal = binding.getOperandLiteralValue(1, Integer.class);
            digits = literal == null ? 0 : literal;
        }
        RelDataTypeFactory factory = binding.getTypeFactory();
        int kept = Math.max(0, digits);
        RelDataType result = digits >= scale
                ? type
                : factory.createSqlType(SqlTypeName.DECIMAL, Math.min(38, 1 + precision - scale + kept), kept);
        return nullable(binding, result);
    }

    private static RelDataType nullable(SqlOperatorBinding binding, RelDataType type) {
        boolean nullable = binding.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
        return binding.getTypeFactory().createTypeWithNullability(type, nullable);
    }

    private static FunctionDefinition of(SqlOperator operator, String syntax, String description) {
        return FunctionDefinition.of(FunctionCategory.MATH, operator, syntax, description);
    }
}
