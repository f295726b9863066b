package io.sabot.planner.resolve;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.View;
import io.sabot.catalog.type.Field;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.statement.CreateView;
import io.sabot.parser.statement.Name;
import io.sabot.parser.text.SqlText;
import io.sabot.planner.plan.CalciteTypes;
import io.sabot.planner.validate.SqlFrontend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;

/** Turns a parsed CREATE VIEW into a view of the catalog: its columns, and its text with table names in full. */
public final class ViewResolver {
    private ViewResolver() {}

    /** The view; the catalog is not changed. */
    public static View resolve(CreateView statement, CatalogReader catalog, SqlFrontend frontend) {
        SqlNode query = statement.query().query();
        String text = qualified(query, catalog);
        Schema schema = CalciteTypes.toSchema(frontend.validate(query).rowType());
        return new View(
                catalog.resolve(statement.name().values()),
                named(schema, statement.columns(), statement.query().span()),
                text,
                statement.comment(),
                statement.temporary());
    }

    /** The text of a query with every table name in full; the query is changed. */
    public static String qualified(SqlNode query, CatalogReader catalog) {
        QualifyTables.qualify(query, catalog);
        return SqlText.of(query);
    }

    /** The columns of a query under the names that a view gives them. */
    public static Schema named(Schema schema, List<Name> names, SqlSpan query) {
        if (!names.isEmpty() && names.size() != schema.size()) {
            throw SabotException.of(
                            ErrorCode.INVALID_DEFINITION,
                            "the view names " + names.size() + " columns, its query has " + schema.size())
                    .at(names.get(names.size() - 1).span());
        }
        List<Field> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < schema.size(); i++) {
            String name = names.isEmpty() ? schema.name(i) : names.get(i).value();
            if (!seen.add(name)) {
                throw SabotException.of(ErrorCode.DUPLICATE_OBJECT, "column '" + name + "' is there twice")
                        .at(names.isEmpty() ? query : names.get(i).span())
                        .hint("give one of them another name with AS");
            }
            fields.add(new Field(name, schema.type(i)));
        }
        return new Schema(fields);
    }
}
