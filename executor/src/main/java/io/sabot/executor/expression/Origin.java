package io.sabot.executor.expression;

import io.sabot.parser.error.SqlSpan;

/**
 * What an error of an expression says of it.
 *
 * @param text the expression as users know it; empty in nodes that never fail
 * @param owner the object whose definition holds it, such as {@code view 'v'}; empty when the statement itself does
 * @param span its place in the statement, or that of its owner
 */
record Origin(String text, String owner, SqlSpan span) {
    /** Of nodes that never fail. */
    static final Origin NONE = new Origin("", "", SqlSpan.NONE);

    /** The line that names the expression. */
    String named() {
        return "in " + text + (owner.isEmpty() ? "" : " of " + owner);
    }
}
