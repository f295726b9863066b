package io.sabot.planner.validate;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Guess;
import io.sabot.catalog.type.Field;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.function.FunctionTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Turns what Calcite's validator complains about into errors of ours: code, place, what there is, what was meant. */
final class ValidationErrors {
    private static final Pattern COLUMN = Pattern.compile(
            "(?:Unknown (?:identifier|field|column) '([^']*)'|Column '([^']*)' not found in (?:any table|table '([^']*)').*)");
    private static final Pattern TABLE = Pattern.compile("(?:Object|Table) '([^']*)' not found.*", Pattern.DOTALL);
    private static final Pattern AMBIGUOUS = Pattern.compile("Column '([^']*)' is ambiguous.*");
    private static final Pattern FUNCTION = Pattern.compile("No match found for function signature ([^(]*)\\((.*)\\)");
    private static final Pattern FIELD = Pattern.compile("ROW type does not have a field named '([^']*)': .*");
    private static final Pattern OPERATOR = Pattern.compile("No match found for function signature ([^(]*)");
    private static final Pattern NOT_GROUPED =
            Pattern.compile("Expression '(.*)' is not being grouped.*", Pattern.DOTALL);
    private static final Pattern ARGUMENT_COUNT =
            Pattern.compile("Invalid number of arguments to function '([^']*)'\\. (.*)", Pattern.DOTALL);
    private static final Pattern ANGLE = Pattern.compile("<([^>]*)>");
    private static final Pattern TYPES = Pattern.compile(
            "Cannot apply '([^']*)' to arguments of type '(.*?)'\\. Supported form\\(s\\): (.*)", Pattern.DOTALL);

    private static final Pattern NO_RESULT_TYPE =
            Pattern.compile("Cannot infer return type for (\\w+); operand types: \\[(.*)\\]");

    private static final Pattern NO_INTERVAL =
            Pattern.compile("Illegal interval literal format (.*) for INTERVAL (.*)", Pattern.DOTALL);

    private static final Pattern DISTINCT_IN_MATCH = Pattern.compile("DISTINCT/ALL not allowed with .* function");
    private static final Pattern TWO_VARIABLES = Pattern.compile("Multiple pattern variables in '(.*)'");

    /** Calcite's words for values that have no common type, and ours for where they stand. */
    private static final Map<Pattern, String> NO_COMMON_TYPE = Map.of(
            Pattern.compile("Parameters must be of the same type"), "elements of one ARRAY or MAP",
            Pattern.compile("Illegal mixing of types in CASE or COALESCE statement"),
                    "branches of CASE, or arguments of COALESCE,",
            Pattern.compile("Values passed to (\\w+) operator must have compatible types"), "rows of $1",
            Pattern.compile("Type mismatch in column (\\d+) of (.*)"), "values of column $1 of $2");

    private final CatalogReader catalog;
    private final SqlNode query;

    ValidationErrors(CatalogReader catalog, SqlNode query) {
        this.catalog = catalog;
        this.query = query;
    }

    SabotException translate(CalciteContextException error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        if (cause instanceof SabotException ours) {
            return ours.at(SqlSpans.of(error));
        }
        return translate(String.valueOf(cause.getMessage()))
                .at(SqlSpans.of(error))
                .causedBy(error);
    }

    private SabotException translate(String message) {
        return UnknownTypes.find(message, query).orElseGet(() -> other(message));
    }

    private SabotException other(String message) {
        Matcher matcher = COLUMN.matcher(message);
        if (matcher.matches()) {
            String column = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            return unknownColumn(column, matcher.group(3) == null ? "" : matcher.group(3));
        }
        matcher = TABLE.matcher(message);
        if (matcher.matches()) {
            return unknownTable(matcher.group(1));
        }
        matcher = AMBIGUOUS.matcher(message);
        if (matcher.matches()) {
            return SabotException.of(ErrorCode.AMBIGUOUS_COLUMN, "column '" + matcher.group(1) + "' is ambiguous")
                    .why("more than one table of the query has a column of this name")
                    .hint("write it with the table or alias in front: alias." + matcher.group(1));
        }
        matcher = FUNCTION.matcher(message);
        if (matcher.matches()) {
            return unknownFunction(matcher.group(1).trim(), matcher.group(2));
        }
        matcher = FIELD.matcher(message);
        if (matcher.matches()) {
            return SabotException.of(ErrorCode.UNDEFINED_COLUMN, "the row has no field '" + matcher.group(1) + "'");
        }
        matcher = OPERATOR.matcher(message);
        if (matcher.matches()) {
            return unknownOperator(matcher.group(1).trim());
        }
        matcher = ARGUMENT_COUNT.matcher(message);
        if (matcher.matches()) {
            return SabotException.of(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "wrong number of arguments for " + matcher.group(1).toUpperCase(Locale.ROOT))
                    .why(firstLine(matcher.group(2)));
        }
        matcher = TYPES.matcher(message);
        if (matcher.matches() && matcher.group(1).equals("$SCALAR_QUERY")) {
            return SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH, "a query in the place of a value must have one column")
                    .why("it has " + types(matcher.group(2)).replaceFirst("^RECORDTYPE", ""));
        }
        if (matcher.matches()) {
            return SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "'" + matcher.group(1) + "' does not take these types: " + types(matcher.group(2)))
                    .why("it takes " + matcher.group(3).replaceAll("\\s*\\n\\s*", " or "))
                    .hint("convert an argument by CAST(… AS type)");
        }
        matcher = NOT_GROUPED.matcher(message);
        if (matcher.matches()) {
            return SabotException.of(
                            ErrorCode.INVALID_DEFINITION,
                            "'" + plain(matcher.group(1)) + "' is neither grouped nor aggregated")
                    .hint("add it to GROUP BY, or put it into an aggregate such as MAX");
        }
        matcher = NO_INTERVAL.matcher(message);
        if (matcher.matches()) {
            return SabotException.of(
                            ErrorCode.INVALID_DATETIME, matcher.group(1) + " is no interval of " + matcher.group(2))
                    .hint("write INTERVAL '10' SECOND, or INTERVAL '1 02:03:04' DAY TO SECOND");
        }
        matcher = NO_RESULT_TYPE.matcher(message);
        if (matcher.matches()) {
            return SabotException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "'" + matcher.group(1) + "' does not take these types: "
                                    + matcher.group(2).replace("INTEGER", "INT"))
                    .hint("convert an argument by CAST(… AS type)");
        }
        if (DISTINCT_IN_MATCH.matcher(message).matches()) {
            return SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "aggregates of distinct values are not supported in MATCH_RECOGNIZE")
                    .hint("leave out DISTINCT, or aggregate by GROUP BY in front of the pattern or behind it");
        }
        matcher = TWO_VARIABLES.matcher(message);
        if (matcher.matches()) {
            return SabotException.of(
                            ErrorCode.INVALID_DEFINITION,
                            "'" + plain(matcher.group(1)) + "' reads rows of more than one pattern variable")
                    .hint("read one variable in each call, or no variable: a column alone means all rows of the match");
        }
        for (Map.Entry<Pattern, String> known : NO_COMMON_TYPE.entrySet()) {
            matcher = known.getKey().matcher(message);
            if (matcher.matches()) {
                return SabotException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                matcher.replaceFirst(known.getValue()) + " have no common type")
                        .hint("convert them by CAST(… AS type)");
            }
        }
        boolean types = message.contains("type") || message.contains("Type");
        return SabotException.of(
                types ? ErrorCode.DATATYPE_MISMATCH : ErrorCode.INVALID_DEFINITION, plain(firstLine(message)));
    }

    private SabotException unknownColumn(String column, String alias) {
        Map<String, CatalogObject> tables = tablesOfQuery();
        String why = tables.values().stream()
                .map(object -> "table '" + object.name().name() + "' has "
                        + object.schema().fields().stream()
                                .map(field -> field.name() + " " + field.type().name())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
        Set<String> names = new LinkedHashSet<>();
        tables.values()
                .forEach(object ->
                        object.schema().fields().stream().map(Field::name).forEach(names::add));
        String of = alias.isEmpty() ? "" : " in '" + alias + "'";
        SabotException error = SabotException.of(
                        ErrorCode.UNDEFINED_COLUMN, "column '" + column + "' does not exist" + of)
                .why(why);
        return Guess.closest(column, names)
                .filter(guess -> !guess.equals(column))
                .map(guess -> error.hint("did you mean '" + guess + "'?"))
                .orElse(error);
    }

    private SabotException unknownTable(String table) {
        List<String> names = catalog.objects(catalog.currentCatalog(), catalog.currentDatabase()).stream()
                .map(object -> object.name().name())
                .toList();
        SabotException error = SabotException.of(ErrorCode.UNDEFINED_TABLE, "table '" + table + "' does not exist")
                .why("database '" + catalog.currentDatabase() + "' has "
                        + (names.isEmpty() ? "no tables" : String.join(", ", names)));
        return Guess.closest(table, names)
                .map(guess -> error.hint("did you mean '" + guess + "'?"))
                .orElse(error);
    }

    private static SabotException unknownFunction(String name, String types) {
        Set<String> known = FunctionTable.INSTANCE.functionNames();
        String upper = name.toUpperCase(Locale.ROOT);
        if (known.contains(upper)) {
            return SabotException.of(
                    ErrorCode.UNDEFINED_FUNCTION, "function " + upper + " does not take (" + types + ")");
        }
        SabotException error = SabotException.of(ErrorCode.UNDEFINED_FUNCTION, "function " + upper + " does not exist");
        return Guess.closest(upper, known)
                .map(guess -> error.hint("did you mean " + guess + "?"))
                .orElse(error.hint("SHOW FUNCTIONS lists what there is"));
    }

    /** An operator that the grammar knows and that has no meaning here. */
    private static SabotException unknownOperator(String name) {
        SabotException error =
                SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "operator " + name + " is not supported");
        return switch (name.replace("NOT ", "")) {
            case "ILIKE" -> error.hint("write LOWER(text) LIKE LOWER(pattern)");
            case "RLIKE" -> error.hint("write REGEXP(text, pattern)");
            case "UNIQUE" -> error.hint("compare COUNT(*) with COUNT(DISTINCT …) in a sub-query");
            case "OFFSET", "ORDINAL", "SAFE_OFFSET", "SAFE_ORDINAL" ->
                error.hint("write array[n]: it counts from 1, and gives NULL where there is no element");
            default -> error;
        };
    }

    /** Tables and views that the text names, for error messages: by the name written. */
    private Map<String, CatalogObject> tablesOfQuery() {
        List<SqlIdentifier> identifiers = new ArrayList<>();
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlIdentifier identifier) {
                identifiers.add(identifier);
                return super.visit(identifier);
            }
        });
        Map<String, CatalogObject> found = new LinkedHashMap<>();
        for (SqlIdentifier identifier : identifiers) {
            if (!identifier.isStar() && identifier.names.size() <= 3) {
                catalog.find(catalog.resolve(identifier.names))
                        .ifPresent(object -> found.put(object.name().toString(), object));
            }
        }
        return found;
    }

    static SabotException unsupported(RuntimeException error, SqlNode query) {
        SqlSpan span = SqlSpans.of(query);
        String message = firstLine(String.valueOf(error.getMessage())).replaceFirst("^class [\\w.$]+: ", "");
        return SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "this query cannot be planned: " + message)
                .at(span)
                .causedBy(error);
    }

    /** The types in {@code NAME(<A>, <B>)} as we write them. */
    private static String types(String signature) {
        Matcher type = ANGLE.matcher(signature);
        List<String> types = new ArrayList<>();
        while (type.find()) {
            types.add(type.group(1)
                    .replaceAll(" CHARACTER SET \"[^\"]*\"", "")
                    .replace("VARCHAR(2147483647)", "STRING")
                    .replace("INTEGER", "INT"));
        }
        return String.join(", ", types);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static String plain(String message) {
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
