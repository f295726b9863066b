package io.sabot.shell.prompt;

import io.sabot.shell.text.SqlLexer;
import io.sabot.shell.text.Token;
import io.sabot.shell.text.TokenKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/**
 * Offers what can stand at the cursor: tables behind FROM and its like, a table's columns behind its name or alias and a dot,
 * else columns of the statement's tables, functions and keywords.
 */
final class SqlCompleter implements Completer {
    private static final Set<String> BEFORE_TABLE =
            Set.of("FROM", "JOIN", "INTO", "TABLE", "UPDATE", "DESCRIBE", "DESC", "VIEW", "STREAM", "OVERWRITE");

    private final CatalogNames names;
    private final List<String> commands;

    SqlCompleter(CatalogNames names, List<String> commands) {
        this.names = names;
        this.commands = commands;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        if (line instanceof WordAtCursor at) {
            complete(at, candidates);
        }
    }

    void complete(WordAtCursor at, List<Candidate> candidates) {
        String word = at.word();
        if (at.before().isBlank() && (word.startsWith(".") || word.startsWith("\\"))) {
            commands.forEach(command -> candidates.add(candidate(word.charAt(0) + command, "command")));
            return;
        }
        String before = at.before().stripTrailing();
        if (at.before().stripLeading().startsWith(".")
                || at.before().stripLeading().startsWith("\\")) {
            addTables(candidates);
        } else if (before.endsWith(".")) {
            addColumnsBehindDot(before, at.line(), candidates);
        } else if (BEFORE_TABLE.contains(lastWord(before))) {
            addTables(candidates);
        } else {
            addAnything(at, candidates);
        }
    }

    private void addTables(List<Candidate> candidates) {
        names.tables().forEach(table -> candidates.add(candidate(quotedIfNeeded(table), "table")));
    }

    private void addColumnsBehindDot(String before, String line, List<Candidate> candidates) {
        String qualifier = unquoted(lastWordAsWritten(before.substring(0, before.length() - 1)));
        String table = tablesOf(line).getOrDefault(qualifier, qualifier);
        addColumns(table, candidates);
    }

    private void addColumns(String table, List<Candidate> candidates) {
        names.columns(table).forEach(column -> candidates.add(candidate(quotedIfNeeded(column), "column")));
    }

    private void addAnything(WordAtCursor at, List<Candidate> candidates) {
        Set.copyOf(tablesOf(at.line()).values()).forEach(table -> addColumns(table, candidates));
        boolean isLower = !at.word().isEmpty() && at.word().equals(at.word().toLowerCase(Locale.ROOT));
        for (String keyword : SqlWords.keywords()) {
            candidates.add(candidate(isLower ? keyword.toLowerCase(Locale.ROOT) : keyword, "keyword"));
        }
        for (String function : SqlWords.functions()) {
            candidates.add(new Candidate(
                    isLower ? function.toLowerCase(Locale.ROOT) : function,
                    function,
                    "function",
                    null,
                    null,
                    null,
                    false));
        }
    }

    private static Candidate candidate(String value, String group) {
        return new Candidate(value, value, group, null, null, null, true);
    }

    /** The statement's known tables by the names that may stand before a dot. */
    private Map<String, String> tablesOf(String line) {
        List<Token> tokens = SqlLexer.tokens(line);
        Map<String, String> tables = new LinkedHashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            String name = name(tokens.get(i), line);
            if (name != null && names.tables().contains(name)) {
                tables.put(name, name);
                String alias = alias(tokens, i + 1, line);
                if (alias != null) {
                    tables.put(alias, name);
                }
            }
        }
        return tables;
    }

    private static @Nullable String alias(List<Token> tokens, int index, String line) {
        List<String> next = new ArrayList<>();
        for (int i = index; i < Math.min(index + 2, tokens.size()); i++) {
            String name = name(tokens.get(i), line);
            if (name == null) {
                break;
            }
            next.add(name);
        }
        if (!next.isEmpty() && next.get(0).equalsIgnoreCase("AS")) {
            next.remove(0);
        }
        return next.isEmpty() || SqlWords.isKeyword(next.get(0)) ? null : next.get(0);
    }

    private static @Nullable String name(Token token, String line) {
        return switch (token.kind()) {
            case WORD, QUOTED_NAME -> unquoted(token.in(line));
            case NUMBER, STRING, COMMENT, HINT, SEMICOLON, SYMBOL -> null;
        };
    }

    private static String lastWord(String text) {
        return lastWordAsWritten(text).toUpperCase(Locale.ROOT);
    }

    private static String lastWordAsWritten(String text) {
        List<Token> tokens = SqlLexer.tokens(text);
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        boolean isName = last != null && (last.kind() == TokenKind.WORD || last.kind() == TokenKind.QUOTED_NAME);
        return last == null || !isName ? "" : last.in(text);
    }

    private static String unquoted(String name) {
        return name.startsWith("`")
                ? name.substring(1, name.endsWith("`") && name.length() > 1 ? name.length() - 1 : name.length())
                : name;
    }

    private static String quotedIfNeeded(String name) {
        boolean isPlain = name.matches("[A-Za-z_][A-Za-z0-9_]*") && !SqlWords.isKeyword(name);
        return isPlain ? name : "`" + name.replace("`", "``") + "`";
    }
}
