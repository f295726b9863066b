package io.sabot.planner.physical;

import io.sabot.parser.error.SqlSpan;
import io.sabot.parser.text.SqlSpans;
import io.sabot.planner.validate.TablePlace;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;

/**
 * Finds where in the text a construct stands that has no place of its own in the relational tree.
 *
 * @param whole where nothing better is found
 * @param queries the parsed queries of the statement
 */
public record Places(SqlSpan whole, List<SqlNode> queries) {
    public Places {
        queries = List.copyOf(queries);
    }

    /** The first call of one of these kinds. */
    SqlSpan of(SqlKind first, SqlKind... more) {
        Set<SqlKind> kinds = EnumSet.of(first, more);
        return find(call -> kinds.contains(call.getKind()));
    }

    /** The first call of one of these functions. */
    public SqlSpan ofFunction(String... names) {
        return find(call -> List.of(names).contains(call.getOperator().getName().toUpperCase(Locale.ROOT)));
    }

    /** The first place where a query reads from a table of this name; a view's text is not looked into. */
    SqlSpan ofTable(String name) {
        return queries.stream()
                .map(query -> TablePlace.of(query, name))
                .filter(SqlSpan::isKnown)
                .findFirst()
                .orElse(whole);
    }

    private SqlSpan find(Predicate<SqlCall> wanted) {
        for (SqlNode query : queries) {
            try {
                query.accept(new Search(wanted));
            } catch (Util.FoundOne found) {
                SqlSpan span = SqlSpans.of((SqlNode) Objects.requireNonNull(found.getNode()));
                return span.isKnown() ? span : whole;
            }
        }
        return whole;
    }

    private static final class Search extends SqlBasicVisitor<Void> {
        private final Predicate<SqlCall> wanted;

        Search(Predicate<SqlCall> wanted) {
            this.wanted = wanted;
        }

        @Override
        public Void visit(SqlCall call) {
            if (wanted.test(call)) {
                throw new Util.FoundOne(call);
            }
            return super.visit(call);
        }
    }
}
