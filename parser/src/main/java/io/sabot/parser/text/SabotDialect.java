package io.sabot.parser.text;

import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlDialect;
import org.jspecify.annotations.Nullable;

/** How our SQL is written: backticks around names, strings as they are. */
final class SabotDialect extends SqlDialect {
    static final SabotDialect INSTANCE = new SabotDialect();

    private SabotDialect() {
        super(EMPTY_CONTEXT
                .withDatabaseProduct(DatabaseProduct.UNKNOWN)
                .withLiteralQuoteString("'")
                .withLiteralEscapedQuoteString("''")
                .withIdentifierQuoteString("`")
                .withUnquotedCasing(Casing.UNCHANGED)
                .withQuotedCasing(Casing.UNCHANGED));
    }

    /** Keeps all characters; Calcite's own would write those past ASCII as escapes. */
    @Override
    public void quoteStringLiteral(StringBuilder buffer, @Nullable String charsetName, String value) {
        if (charsetName != null) {
            buffer.append('_').append(charsetName);
        }
        buffer.append('\'').append(value.replace("'", "''")).append('\'');
    }
}
