<#-- Productions of our own: the doors that the hand-written statement parser uses, and data types. -->

/** A query: WITH, SELECT, VALUES, set operations, ORDER BY, LIMIT. Stops in front of what does not belong to it. */
SqlNode SabotQuery() :
{
    final SqlNode query;
}
{
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return query; }
}

/** A query with its EMIT clause and nothing behind it: for saying what could have come where it went wrong. */
void SabotQueryThenEnd() :
{
}
{
    SabotQuery() [ <EMIT_CHANGES> | <EMIT_ON_WINDOW_CLOSE> ] <EOF>
}

/** A scalar expression, sub-queries allowed. */
SqlNode SabotExpression() :
{
    final SqlNode expression;
}
{
    expression = Expression(ExprContext.ACCEPT_SUB_QUERY)
    { return expression; }
}

/** A data type followed by NOT NULL, NULL or nothing, which means nullable. */
SqlDataTypeSpec SabotDataType() :
{
    final Span s;
    final SqlIntervalQualifier interval;
    final SqlDataTypeSpec type;
    final boolean nullable;
}
{
    (
        <INTERVAL> { s = span(); }
        interval = IntervalQualifier() {
            type = new SqlDataTypeSpec(new IntervalTypeSpec(interval, s.end(this)), s.end(this));
        }
    |
        type = DataType()
    )
    nullable = NullableOptDefaultTrue()
    { return CollectionTypeSpec.withoutPostfix(type).withNullable(nullable); }
}

/** The types that Calcite lacks, and those whose elements it cannot make nullable. */
SqlTypeNameSpec SabotTypeName() :
{
    final Span s;
    final SqlDataTypeSpec element;
    final SqlDataTypeSpec value;
    final SqlTypeName kind;
    final int precision;
    final SqlTypeNameSpec row;
}
{
    <STRING> {
        return new SqlAlienSystemTypeNameSpec("STRING", SqlTypeName.VARCHAR, Integer.MAX_VALUE, getPos());
    }
|
    <BYTES> {
        return new SqlAlienSystemTypeNameSpec("BYTES", SqlTypeName.VARBINARY, Integer.MAX_VALUE, getPos());
    }
|
    <TIMESTAMP_LTZ> { s = span(); }
    precision = PrecisionOpt() {
        return new SqlBasicTypeNameSpec(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, precision, s.end(this));
    }
|
    ( <ARRAY> { kind = SqlTypeName.ARRAY; } | <MULTISET> { kind = SqlTypeName.MULTISET; } ) { s = span(); }
    <LT> element = SabotDataType() <GT> {
        return new CollectionTypeSpec(kind, element, s.end(this));
    }
|
    <MAP> { s = span(); }
    <LT> element = SabotDataType() <COMMA> value = SabotDataType() <GT> {
        return new MapTypeSpec(element, value, s.end(this));
    }
|
    row = SabotRowTypeName() { return row; }
}

/** ROW&lt;name type [NOT NULL] ['comment'], …&gt;, also with round brackets. */
SqlTypeNameSpec SabotRowTypeName() :
{
    final Span s;
    final List<RowTypeSpec.Field> fields = new ArrayList<RowTypeSpec.Field>();
}
{
    <ROW> { s = span(); }
    (
        <LT> SabotRowFields(fields) <GT>
    |
        <LPAREN> SabotRowFields(fields) <RPAREN>
    |
        <NE>
    )
    { return new RowTypeSpec(fields, s.end(this)); }
}

void SabotRowFields(List<RowTypeSpec.Field> fields) :
{
}
{
    SabotRowField(fields) ( <COMMA> SabotRowField(fields) )*
}

void SabotRowField(List<RowTypeSpec.Field> fields) :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    String comment = "";
}
{
    name = SimpleIdentifier()
    type = SabotDataType()
    [ <QUOTED_STRING> { comment = SqlParserUtil.parseString(token.image); } ]
    { fields.add(new RowTypeSpec.Field(name, type, comment)); }
}
