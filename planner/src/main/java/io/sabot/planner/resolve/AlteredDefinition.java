package io.sabot.planner.resolve;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.AlterTable;
import io.sabot.parser.statement.ColumnDefinition;
import io.sabot.parser.statement.ComputedColumn;
import io.sabot.parser.statement.CreateTable;
import io.sabot.parser.statement.MetadataColumn;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.OptionEntry;
import io.sabot.parser.statement.Options;
import io.sabot.parser.statement.PhysicalColumn;
import io.sabot.parser.statement.PrimaryKeyDefinition;
import io.sabot.parser.statement.TableSchema;
import io.sabot.parser.statement.WatermarkDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The CREATE statement of a table as an ALTER makes it. */
public final class AlteredDefinition {
    private final CreateTable table;
    private final Map<String, String> options;
    private final List<ColumnDefinition> columns;
    private @Nullable PrimaryKeyDefinition primaryKey;
    private @Nullable WatermarkDefinition watermark;

    /** @param options as they are to be */
    public AlteredDefinition(CreateTable table, Map<String, String> options) {
        this.table = table;
        this.options = options;
        this.columns = new ArrayList<>(table.schema().columns());
        this.primaryKey = table.schema().primaryKey();
        this.watermark = table.schema().watermark();
    }

    /** The statement behind one action. */
    public CreateTable apply(AlterTable.Action action) {
        if (action instanceof AlterTable.Add add) {
            add(add.changes());
        } else if (action instanceof AlterTable.Modify modify) {
            modify(modify.changes());
        } else if (action instanceof AlterTable.DropColumns drop) {
            drop.columns().forEach(this::drop);
        } else if (action instanceof AlterTable.DropPrimaryKey) {
            requirePresent(primaryKey, "primary key");
            primaryKey = null;
        } else if (action instanceof AlterTable.DropWatermark) {
            requirePresent(watermark, "watermark");
            watermark = null;
        } else if (action instanceof AlterTable.RenameColumn rename) {
            rename(rename);
        }
        List<OptionEntry> entries = new ArrayList<>();
        options.forEach((key, value) -> entries.add(
                new OptionEntry(key, value, table.name().span(), table.name().span())));
        return new CreateTable(
                table.source(),
                table.kind(),
                false,
                table.temporary(),
                false,
                table.name(),
                new TableSchema(columns, primaryKey, watermark),
                table.comment(),
                table.partitionedBy(),
                new Options(entries),
                null,
                null);
    }

    private void add(AlterTable.Changes changes) {
        for (AlterTable.PlacedColumn placed : changes.columns()) {
            if (find(placed.column().name()) >= 0) {
                throw wrong("column '" + placed.column().name() + "' exists already");
            }
            columns.add(place(placed, columns.size()), placed.column());
        }
        if (changes.primaryKey() != null) {
            if (primaryKey != null) {
                throw wrong("the table has a primary key already").hint("MODIFY changes it");
            }
            primaryKey = changes.primaryKey();
        }
        if (changes.watermark() != null) {
            if (watermark != null) {
                throw wrong("the table has a watermark already").hint("MODIFY changes it");
            }
            watermark = changes.watermark();
        }
    }

    private void modify(AlterTable.Changes changes) {
        for (AlterTable.PlacedColumn placed : changes.columns()) {
            int index = require(placed.column().name());
            columns.remove(index);
            columns.add(place(placed, index), placed.column());
        }
        if (changes.primaryKey() != null) {
            requirePresent(primaryKey, "primary key");
            primaryKey = changes.primaryKey();
        }
        if (changes.watermark() != null) {
            requirePresent(watermark, "watermark");
            watermark = changes.watermark();
        }
    }

    private int place(AlterTable.PlacedColumn placed, int otherwise) {
        Name after = placed.after();
        return placed.first() ? 0 : after == null ? otherwise : require(after) + 1;
    }

    private void drop(Name column) {
        int index = require(column);
        if (primaryKey != null
                && primaryKey.columns().stream().anyMatch(name -> name.value().equals(column.value()))) {
            throw wrong("column '" + column + "' belongs to the primary key").hint("DROP PRIMARY KEY first");
        }
        columns.remove(index);
    }

    private void rename(AlterTable.RenameColumn rename) {
        int index = require(rename.column());
        if (find(rename.newName()) >= 0) {
            throw wrong("column '" + rename.newName() + "' exists already");
        }
        ColumnDefinition column = columns.get(index);
        Name name = rename.newName();
        if (column instanceof PhysicalColumn physical) {
            columns.set(index, new PhysicalColumn(name, physical.type(), physical.comment(), physical.span()));
        } else if (column instanceof ComputedColumn computed) {
            columns.set(index, new ComputedColumn(name, computed.expression(), computed.comment(), computed.span()));
        } else if (column instanceof MetadataColumn metadata) {
            columns.set(
                    index,
                    new MetadataColumn(
                            name,
                            metadata.type(),
                            metadata.key(),
                            metadata.virtual(),
                            metadata.comment(),
                            metadata.span()));
        }
        if (primaryKey != null) {
            List<Name> keys = primaryKey.columns().stream()
                    .map(key -> key.value().equals(rename.column().value()) ? name : key)
                    .toList();
            primaryKey = new PrimaryKeyDefinition(
                    primaryKey.constraintName(), keys, primaryKey.notEnforced(), primaryKey.span());
        }
    }

    private int find(Name column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().value().equals(column.value())) {
                return i;
            }
        }
        return -1;
    }

    private int require(Name column) {
        int index = find(column);
        if (index < 0) {
            throw SabotException.of(ErrorCode.UNDEFINED_COLUMN, "column '" + column + "' does not exist");
        }
        return index;
    }

    private static void requirePresent(@Nullable Object part, String what) {
        if (part == null) {
            throw wrong("the table has no " + what);
        }
    }

    private static SabotException wrong(String what) {
        return SabotException.of(ErrorCode.INVALID_DEFINITION, what);
    }
}
