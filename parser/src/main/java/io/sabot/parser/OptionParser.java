package io.sabot.parser;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.OptionEntry;
import io.sabot.parser.statement.Options;
import java.util.ArrayList;
import java.util.List;

/** Lists of options and the clauses that many CREATE statements share. */
final class OptionParser {
    private final Cursor cursor;

    OptionParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** {@code WITH ('k' = 'v', …)} or nothing. */
    Options withOptions() {
        return cursor.accept("WITH") ? options() : Options.NONE;
    }

    /** {@code ('k' = 'v', …)}; may be empty. */
    Options options() {
        cursor.expect("(");
        if (cursor.accept(")")) {
            return Options.NONE;
        }
        List<OptionEntry> entries = new ArrayList<>();
        do {
            entries.add(entry(entries));
        } while (cursor.accept(","));
        cursor.closeList();
        return new Options(entries);
    }

    private OptionEntry entry(List<OptionEntry> before) {
        Name key = cursor.string();
        if (before.stream().anyMatch(entry -> entry.key().equals(key.value()))) {
            throw SabotException.of(ErrorCode.INVALID_OPTION, "option '" + key.value() + "' is given twice")
                    .at(key.span());
        }
        cursor.expect("=");
        Name value = cursor.string();
        return new OptionEntry(key.value(), value.value(), key.span(), value.span());
    }

    /** {@code ('k', …)}. */
    List<Name> keys() {
        cursor.expect("(");
        List<Name> keys = new ArrayList<>();
        do {
            keys.add(cursor.string());
        } while (cursor.accept(","));
        cursor.closeList();
        return keys;
    }

    /** {@code COMMENT '…'}, or an empty text. */
    String comment() {
        return cursor.accept("COMMENT") ? cursor.string().value() : "";
    }

    boolean ifNotExists() {
        return cursor.accept("IF", "NOT", "EXISTS");
    }

    boolean ifExists() {
        return cursor.accept("IF", "EXISTS");
    }
}
