package io.sabot.parser.statement;

import io.sabot.parser.error.SqlSpan;

/** A column of CREATE TABLE … AS by its name alone; its type is that of the query. All columns of a table are such, or none. */
public record NamedColumn(Name name) implements ColumnDefinition {
    @Override
    public String comment() {
        return "";
    }

    @Override
    public SqlSpan span() {
        return name.span();
    }
}
