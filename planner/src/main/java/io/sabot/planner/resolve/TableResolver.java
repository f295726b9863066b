package io.sabot.planner.resolve;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Column;
import io.sabot.catalog.Guess;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.Table;
import io.sabot.catalog.TableKind;
import io.sabot.catalog.Watermark;
import io.sabot.catalog.connector.ConnectorDescriptor;
import io.sabot.catalog.connector.Descriptors;
import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.MetadataSpec;
import io.sabot.catalog.type.AtomicType;
import io.sabot.catalog.type.DataType;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.ColumnDefinition;
import io.sabot.parser.statement.ComputedColumn;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.LikeClause;
import io.sabot.parser.statement.MetadataColumn;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.PhysicalColumn;
import io.sabot.parser.statement.PrimaryKeyDefinition;
import io.sabot.parser.statement.WatermarkDefinition;
import io.sabot.parser.text.SqlSpans;
import io.sabot.parser.text.SqlText;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.validate.SqlFrontend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Turns a parsed CREATE TABLE or CREATE STREAM into a table of the catalog, or says what is wrong with it and where. */
public final class TableResolver {
    private final CatalogReader catalog;
    private final Descriptors descriptors;
    private final SqlFrontend frontend;
    private final CreateTable statement;
    private final @Nullable LikeMerge like;
    /** By name, in order. */
    private final Map<String, Column> columns = new LinkedHashMap<>();

    /** For one statement. */
    public TableResolver(CatalogReader catalog, Descriptors descriptors, SqlFrontend frontend, CreateTable statement) {
        this.catalog = catalog;
        this.descriptors = descriptors;
        this.frontend = frontend;
        this.statement = statement;
        this.like = statement.like() == null ? null : new LikeMerge(likeTable(statement.like()), statement.like());
    }

    private Table likeTable(LikeClause clause) {
        return catalog.find(catalog.resolve(clause.table().values()))
                .filter(Table.class::isInstance)
                .map(Table.class::cast)
                .orElseThrow(() -> SabotException.of(
                                ErrorCode.UNDEFINED_TABLE, "table '" + clause.table() + "' does not exist")
                        .at(clause.table().span()));
    }

    /** The table; the catalog is not changed. */
    public Table resolve() {
        Map<String, String> options = like == null ? statement.options().toMap() : like.options(statement.options());
        addColumns();
        List<String> key = primaryKey();
        new OptionCheck(descriptors, options, statement.options(), statement.span()).check(!key.isEmpty());
        checkMetadata(options);
        Optional<Watermark> watermark = watermark();
        AheadLimit.check(statement.options(), watermark);
        ObjectName name = catalog.resolve(statement.name().values());
        return new Table(
                name,
                kind(),
                List.copyOf(columns.values()),
                key,
                watermark,
                partitionedBy(),
                options,
                statement.comment(),
                statement.temporary());
    }

    private TableKind kind() {
        return switch (statement.kind()) {
            case TABLE -> TableKind.TABLE;
            case STREAM -> TableKind.STREAM;
        };
    }

    private void addColumns() {
        if (like != null) {
            like.columns().forEach(column -> columns.put(column.name(), column));
        }
        if (statement.query() != null) {
            frontend.validate(statement.query().query())
                    .rowType()
                    .getFieldList()
                    .forEach(field -> {
                        DataType type = CalciteTypes.toCatalog(field.getType());
                        columns.put(field.getName(), new Column.Physical(field.getName(), type, ""));
                    });
        }
        List<ColumnDefinition> definitions = statement.schema().columns();
        List<String> expressions = new ArrayList<>();
        for (ColumnDefinition definition : definitions) {
            if (columns.putIfAbsent(definition.name().value(), column(definition)) != null) {
                throw invalid("column '" + definition.name() + "' is there twice")
                        .at(definition.name().span());
            }
            if (definition instanceof ComputedColumn computed) {
                expressions.add(SqlText.of(computed.expression()));
            }
        }
        typeComputed(definitions, expressions);
        if (columns.isEmpty()) {
            throw invalid("table '" + statement.name() + "' has no columns")
                    .at(statement.name().span())
                    .hint("write them in brackets: (id BIGINT, name STRING)");
        }
    }

    /** A computed column gets its type later, when all that it can name are known. */
    private Column column(ColumnDefinition definition) {
        String name = definition.name().value();
        if (definition instanceof PhysicalColumn physical) {
            return new Column.Physical(
                    name, CalciteTypes.toCatalog(frontend.type(physical.type())), physical.comment());
        }
        if (definition instanceof MetadataColumn metadata) {
            return new Column.Metadata(
                    name,
                    CalciteTypes.toCatalog(frontend.type(metadata.type())),
                    metadata.key().value(),
                    metadata.virtual(),
                    metadata.comment());
        }
        return new Column.Computed(name, AtomicType.BOOLEAN, "", definition.comment());
    }

    private void typeComputed(List<ColumnDefinition> definitions, List<String> texts) {
        List<ComputedColumn> computed = definitions.stream()
                .filter(ComputedColumn.class::isInstance)
                .map(ComputedColumn.class::cast)
                .toList();
        Schema carried = schema(column -> !(column instanceof Column.Computed));
        for (int i = 0; i < computed.size(); i++) {
            ComputedColumn column = computed.get(i);
            DataType type = expressionType(carried, column.expression());
            columns.put(
                    column.name().value(),
                    new Column.Computed(column.name().value(), type, texts.get(i), column.comment()));
        }
    }

    private DataType expressionType(Schema over, SqlNode expression) {
        try {
            return CalciteTypes.toCatalog(
                    frontend.expressions(CalciteTypes.toCalcite(over, frontend.typeFactory()), List.of(expression))
                            .get(0)
                            .getType());
        } catch (SabotException e) {
            throw e.code() == ErrorCode.UNDEFINED_COLUMN
                    ? e.why("the expression can name " + names(over)).at(SqlSpans.of(expression))
                    : e;
        }
    }

    private Schema schema(Predicate<Column> which) {
        return new Schema(columns.values().stream()
                .filter(which)
                .map(column -> new Field(column.name(), column.type()))
                .toList());
    }

    private Optional<Watermark> watermark() {
        WatermarkDefinition definition = statement.schema().watermark();
        if (definition == null) {
            return like != null && like.takes(LikeClause.Feature.WATERMARKS)
                    ? like.base().watermark()
                    : Optional.empty();
        }
        if (definition.column().parts().size() > 1) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "a watermark on a field inside a column is not supported")
                    .at(definition.column().span())
                    .hint("make it a column: ts AS " + definition.column());
        }
        Name name = definition.column().parts().get(0);
        DataType type = existing(name).type();
        if (!isTimestamp3(type)) {
            throw SabotException.of(ErrorCode.DATATYPE_MISMATCH, "column '" + name + "' cannot carry a watermark")
                    .at(name.span())
                    .why("it is " + type.name() + ", a watermark needs TIMESTAMP(3) or TIMESTAMP_LTZ(3)")
                    .hint("declare the column as TIMESTAMP(3), or compute one: ts AS CAST(" + name
                            + " AS TIMESTAMP(3))");
        }
        String text = SqlText.of(definition.expression());
        DataType expression = expressionType(schema(column -> true), definition.expression());
        if (!isTimestamp3(expression)) {
            throw SabotException.of(ErrorCode.DATATYPE_MISMATCH, "the watermark is no timestamp")
                    .at(SqlSpans.of(definition.expression()))
                    .why("it is " + expression.name() + ", a watermark needs TIMESTAMP(3) or TIMESTAMP_LTZ(3)")
                    .hint("write " + name + " - INTERVAL '5' SECOND");
        }
        return Optional.of(new Watermark(name.value(), text));
    }

    private static boolean isTimestamp3(DataType type) {
        return type instanceof AtomicType atomic && atomic.kind().isTimestamp() && atomic.precision() <= 3;
    }

    private List<String> primaryKey() {
        PrimaryKeyDefinition definition = statement.schema().primaryKey();
        if (definition == null) {
            return like != null && like.takes(LikeClause.Feature.CONSTRAINTS)
                    ? like.base().primaryKey()
                    : List.of();
        }
        if (kind() == TableKind.STREAM) {
            throw invalid("a stream has no primary key").at(definition.span()).hint("use CREATE TABLE");
        }
        if (!definition.notEnforced()) {
            throw invalid("a primary key is not enforced").at(definition.span()).hint("add NOT ENFORCED behind it");
        }
        Set<String> seen = new HashSet<>();
        for (Name name : definition.columns()) {
            if (!seen.add(name.value())) {
                throw invalid("column '" + name + "' is in the primary key twice")
                        .at(name.span());
            }
            Column column = existing(name);
            if (!(column instanceof Column.Physical physical)) {
                throw invalid("column '" + name + "' cannot be part of a key, as records do not carry it")
                        .at(name.span());
            }
            columns.put(
                    column.name(),
                    new Column.Physical(column.name(), physical.type().withNullable(false), physical.comment()));
        }
        return definition.columns().stream().map(Name::value).toList();
    }

    private List<String> partitionedBy() {
        if (statement.partitionedBy().isEmpty() && like != null && like.takes(LikeClause.Feature.PARTITIONS)) {
            return like.base().partitionedBy();
        }
        statement.partitionedBy().forEach(this::existing);
        return statement.partitionedBy().stream().map(Name::value).toList();
    }

    private Column existing(Name name) {
        Column column = columns.get(name.value());
        if (column != null) {
            return column;
        }
        SabotException error = SabotException.of(ErrorCode.UNDEFINED_COLUMN, "column '" + name + "' does not exist")
                .at(name.span())
                .why("the table has " + String.join(", ", columns.keySet()));
        throw Guess.closest(name.value(), columns.keySet())
                .map(guess -> error.hint("did you mean '" + guess + "'?"))
                .orElse(error);
    }

    private void checkMetadata(Map<String, String> options) {
        List<MetadataSpec> offered = metadata(options);
        for (ColumnDefinition definition : statement.schema().columns()) {
            if (!(definition instanceof MetadataColumn column)) {
                continue;
            }
            String key = column.key().value();
            List<String> keys = offered.stream().map(MetadataSpec::key).toList();
            SqlSpan span = column.key().span().isKnown() ? column.key().span() : column.span();
            MetadataSpec spec = offered.stream()
                    .filter(one -> one.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> {
                        SabotException error = invalid("there is no metadata '" + key + "'")
                                .at(span)
                                .why("this table offers " + (keys.isEmpty() ? "none" : String.join(", ", keys)));
                        return Guess.closest(key, keys)
                                .map(guess -> error.hint("did you mean '" + guess + "'?"))
                                .orElse(error);
                    });
            if (!spec.writable() && !column.virtual()) {
                throw invalid("metadata '" + key + "' can only be read")
                        .at(column.span())
                        .hint("add VIRTUAL");
            }
        }
    }

    private List<MetadataSpec> metadata(Map<String, String> options) {
        Stream<MetadataSpec> ofConnector = Optional.ofNullable(options.get("connector"))
                .flatMap(descriptors::connector)
                .map(ConnectorDescriptor::metadata)
                .stream()
                .flatMap(List::stream);
        Stream<MetadataSpec> ofFormat = Stream.of("value.format", "format")
                .map(options::get)
                .filter(Objects::nonNull)
                .flatMap(name -> descriptors.format(name).stream())
                .map(FormatDescriptor::metadata)
                .flatMap(List::stream)
                .flatMap(spec -> Stream.of(
                        spec,
                        new MetadataSpec("value." + spec.key(), spec.type(), spec.writable(), spec.description())));
        return Stream.concat(ofConnector, ofFormat).toList();
    }

    private static SabotException invalid(String what) {
        return SabotException.of(ErrorCode.INVALID_DEFINITION, what);
    }

    private static String names(Schema schema) {
        return schema.fields().stream().map(Field::name).collect(Collectors.joining(", "));
    }
}
