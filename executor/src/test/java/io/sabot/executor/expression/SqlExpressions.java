package io.sabot.executor.expression;

import io.sabot.catalog.type.ArrayType;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.MapType;
import io.sabot.catalog.type.RowType;
import io.sabot.catalog.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.Lex;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** Expressions written as SQL over the columns of a schema, made by Calcite's own front end, for tests. */
public final class SqlExpressions {
    private static final RelDataTypeFactory TYPES = RexTypes.FACTORY;
    private static final List<SqlOperator> OWN = new ArrayList<>();

    private SqlExpressions() {}

    /** Lets tests call a function that Calcite does not know; arguments may be anything. */
    public static void declare(String name, SqlReturnTypeInference result) {
        if (OWN.stream().noneMatch(operator -> operator.getName().equals(name))) {
            OWN.add(new SqlFunction(
                    name,
                    SqlKind.OTHER_FUNCTION,
                    result,
                    null,
                    OperandTypes.VARIADIC,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION));
        }
    }

    /** One expression. */
    public static RexNode parse(Schema schema, String expression) {
        return parseAll(schema, expression).get(0);
    }

    /** Expressions separated by commas, as in a SELECT list. */
    public static List<RexNode> parseAll(Schema schema, String expressions) {
        CalciteSchema root = CalciteSchema.createRootSchema(false);
        root.add("t", new AbstractTable() {
            @Override
            public RelDataType getRowType(RelDataTypeFactory factory) {
                RelDataTypeFactory.Builder row = factory.builder();
                schema.fields().forEach(field -> row.add(field.name(), type(field.type())));
                return row.build();
            }
        });
        SqlOperatorTable operators = SqlOperatorTables.chain(SqlOperatorTables.of(OWN), SqlStdOperatorTable.instance());
        CalciteCatalogReader reader =
                new CalciteCatalogReader(root, List.of(), TYPES, new CalciteConnectionConfigImpl(new Properties()));
        SqlValidator validator = SqlValidatorUtil.newValidator(
                operators, reader, TYPES, SqlValidator.Config.DEFAULT.withConformance(SqlConformanceEnum.LENIENT));
        RelOptCluster cluster = RelOptCluster.create(new VolcanoPlanner(), RexTypes.BUILDER);
        SqlToRelConverter converter = new SqlToRelConverter(
                (rowType, query, path, viewPath) -> null,
                validator,
                reader,
                cluster,
                StandardConvertletTable.INSTANCE,
                SqlToRelConverter.config().withTrimUnusedFields(false));
        try {
            SqlNode parsed = SqlParser.create(
                            "SELECT " + expressions + " FROM `t`",
                            SqlParser.config()
                                    .withConformance(SqlConformanceEnum.LENIENT)
                                    .withLex(Lex.JAVA))
                    .parseQuery();
            Project project = (Project) converter
                    .convertQuery(validator.validate(parsed), false, true)
                    .project();
            return project.getProjects();
        } catch (SqlParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A type as Calcite's. */
    static RelDataType type(DataType type) {
        return TYPES.createTypeWithNullability(strict(type), type.nullable());
    }

    private static RelDataType strict(DataType type) {
        if (type instanceof ArrayType array) {
            return TYPES.createArrayType(type(array.element()), -1);
        }
        if (type instanceof MapType map) {
            return TYPES.createMapType(type(map.key()), type(map.value()));
        }
        if (type instanceof RowType row) {
            RelDataTypeFactory.Builder builder = TYPES.builder();
            row.fields().forEach(field -> builder.add(field.name(), type(field.type())));
            return builder.build();
        }
        AtomicType atomic = (AtomicType) type;
        return switch (atomic.kind()) {
            case BOOLEAN -> TYPES.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> TYPES.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> TYPES.createSqlType(SqlTypeName.SMALLINT);
            case INT -> TYPES.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> TYPES.createSqlType(SqlTypeName.BIGINT);
            case FLOAT -> TYPES.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> TYPES.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> TYPES.createSqlType(SqlTypeName.DECIMAL, atomic.precision(), atomic.scale());
            case CHAR -> text(SqlTypeName.CHAR, atomic.precision());
            case VARCHAR -> text(SqlTypeName.VARCHAR, atomic.precision());
            case BINARY -> TYPES.createSqlType(SqlTypeName.BINARY, atomic.precision());
            case VARBINARY -> TYPES.createSqlType(SqlTypeName.VARBINARY, atomic.precision());
            case DATE -> TYPES.createSqlType(SqlTypeName.DATE);
            case TIME -> TYPES.createSqlType(SqlTypeName.TIME, atomic.precision());
            case TIMESTAMP -> TYPES.createSqlType(SqlTypeName.TIMESTAMP, atomic.precision());
            case TIMESTAMP_LTZ -> TYPES.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, atomic.precision());
            case INTERVAL_YEAR_MONTH ->
                TYPES.createSqlIntervalType(new SqlIntervalQualifier(TimeUnit.YEAR, TimeUnit.MONTH, SqlParserPos.ZERO));
            case INTERVAL_DAY_TIME ->
                TYPES.createSqlIntervalType(new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
            case NULL -> TYPES.createSqlType(SqlTypeName.NULL);
        };
    }

    private static RelDataType text(SqlTypeName name, int precision) {
        return TYPES.createTypeWithCharsetAndCollation(
                TYPES.createSqlType(name, precision), TYPES.getDefaultCharset(), SqlCollation.IMPLICIT);
    }
}
