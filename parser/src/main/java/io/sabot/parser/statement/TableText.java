package io.sabot.parser.statement;

import io.sabot.parser.text.SqlText;
import java.util.ArrayList;
import java.util.List;

/** Writes CREATE TABLE and CREATE STREAM in normal form. */
final class TableText {
    private TableText() {}

    static SqlText write(SqlText text, CreateTable create) {
        text.words("CREATE")
                .wordsIf(create.orReplace(), "OR REPLACE")
                .wordsIf(create.temporary(), "TEMPORARY")
                .words(create.kind().name())
                .wordsIf(create.ifNotExists(), "IF NOT EXISTS")
                .name(create.name().values());
        if (!create.schema().isEmpty()) {
            text.lines(schema(create.schema()));
        }
        StatementText.comment(text, create.comment());
        if (!create.partitionedBy().isEmpty()) {
            text.words("PARTITIONED BY").list(StatementText.names(create.partitionedBy()));
        }
        StatementText.withOptions(text, create.options());
        LikeClause like = create.like();
        if (like != null) {
            like(text, like);
        }
        Query query = create.query();
        return query == null ? text : StatementText.query(text.words("AS").newLine(), query);
    }

    private static List<String> schema(TableSchema schema) {
        List<String> lines = new ArrayList<>();
        schema.columns().forEach(column -> lines.add(column(column)));
        WatermarkDefinition watermark = schema.watermark();
        if (watermark != null) {
            lines.add(watermark(watermark));
        }
        PrimaryKeyDefinition key = schema.primaryKey();
        if (key != null) {
            lines.add(primaryKey(key));
        }
        return lines;
    }

    static String watermark(WatermarkDefinition watermark) {
        return new SqlText()
                .words("WATERMARK FOR")
                .name(watermark.column().values())
                .words("AS")
                .words(SqlText.of(watermark.expression()))
                .toString();
    }

    static String primaryKey(PrimaryKeyDefinition key) {
        SqlText text = new SqlText();
        if (!key.constraintName().isEmpty()) {
            text.words("CONSTRAINT").words(SqlText.identifier(key.constraintName()));
        }
        return text.words("PRIMARY KEY")
                .list(StatementText.names(key.columns()))
                .wordsIf(key.notEnforced(), "NOT ENFORCED")
                .toString();
    }

    static String column(ColumnDefinition column) {
        SqlText text = StatementText.name(new SqlText(), column.name());
        if (column instanceof PhysicalColumn physical) {
            text.words(SqlText.of(physical.type()));
        } else if (column instanceof ComputedColumn computed) {
            text.words("AS").words(SqlText.of(computed.expression()));
        } else if (column instanceof MetadataColumn metadata) {
            text.words(SqlText.of(metadata.type())).words("METADATA");
            if (!metadata.key().value().equals(metadata.name().value())) {
                text.words("FROM").words(SqlText.string(metadata.key().value()));
            }
            text.wordsIf(metadata.virtual(), "VIRTUAL");
        } else if (!(column instanceof NamedColumn)) {
            throw new AssertionError(column);
        }
        return StatementText.comment(text, column.comment()).toString();
    }

    private static void like(SqlText text, LikeClause like) {
        text.words("LIKE").name(like.table().values());
        if (!like.rules().isEmpty()) {
            text.lines(like.rules().stream()
                    .map(rule -> rule.strategy() + " " + rule.feature())
                    .toList());
        }
    }
}
