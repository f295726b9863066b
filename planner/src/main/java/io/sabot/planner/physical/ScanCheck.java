package io.sabot.planner.physical;

import io.sabot.catalog.Table;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;

/** Refuses by name tables that a plan cannot read, or not in its way. */
final class ScanCheck {
    private final Build build;
    private final SourceRules rules;

    ScanCheck(Build build, SourceRules rules) {
        this.build = build;
        this.rules = rules;
    }

    /** The connector must read at all. */
    void readable(Table table) {
        if (!rules.isReadable(table)) {
            throw build.notSupported("table '" + table.name().name() + "' can only be written")
                    .why("connector '" + table.connector().orElse("") + "' reads nothing");
        }
    }

    /** A plain SELECT must come to an end. */
    void ends(Table table) {
        if (build.options.stopsSources() && !build.options.limited() && !rules.canStop(table)) {
            throw SabotException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "table '" + table.name().name() + "' never ends, a plain SELECT over it would neither")
                    .at(build.options.span())
                    .why("connector '" + table.connector().orElse("") + "' makes rows without end unless"
                            + " 'number-of-rows' is set")
                    .hint("add EMIT CHANGES or LIMIT");
        }
    }

    /** Changes that are read must tell which row goes. */
    void keyed(Table table, List<ScanColumn> columns) {
        if (!rules.deliversChanges(table) || !table.primaryKey().isEmpty()) {
            return;
        }
        if (readsMetadata(columns)) {
            throw build.notSupported(
                            "table '" + table.name().name() + "' has no primary key, and the query reads metadata")
                    .why(
                            "its records are changes; the row before a change comes with the metadata of the change, so only"
                                    + " a key tells which row goes")
                    .hint("declare PRIMARY KEY (…) NOT ENFORCED, or leave out the metadata columns");
        }
        if (build.options.keyedChanges()) {
            throw build.notSupported("table '" + table.name().name() + "' has no primary key")
                    .why(
                            "'table.exec.source.cdc-events-duplicate' is true: changes may come twice, and only a key tells")
                    .hint("declare PRIMARY KEY (…) NOT ENFORCED, or RESET 'table.exec.source.cdc-events-duplicate'");
        }
    }

    /** The row before an update comes with the metadata of the update, so it is not the row that came first. */
    static boolean readsMetadata(List<ScanColumn> columns) {
        return columns.stream().anyMatch(ScanColumn.Metadata.class::isInstance);
    }
}
