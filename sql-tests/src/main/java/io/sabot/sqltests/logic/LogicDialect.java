package io.sabot.sqltests.logic;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a statement of SQLite's dialect is said in ours, for the statements of one file. All that is changed is here, by word, the same for every record:
 *
 * <ul>
 *   <li>AVG of integers is an integer with us, a real number in SQLite: {@code AVG(x)} becomes
 *       {@code AVG(CAST(x AS DOUBLE))}.
 *   <li>REAL and FLOAT have 8 bytes in SQLite: they become DOUBLE. TEXT becomes STRING, and VARCHAR(n) too, as
 *       SQLite does not heed the length.
 *   <li>A primary key is {@code NOT ENFORCED}; UNIQUE is left out.
 *   <li>A plus in front of a text column does nothing in SQLite: it is left out.
 *   <li>INSERT OR REPLACE, and REPLACE, are INSERT, which replaces the row of an existing key.
 *   <li>Indexes have no meaning: CREATE INDEX, DROP INDEX and REINDEX are left out.
 * </ul>
 */
final class LogicDialect {
    private record Rule(Pattern pattern, String replacement) {}

    private static final int CASES = Pattern.CASE_INSENSITIVE;
    private static final Pattern INDEX =
            Pattern.compile("\\s*((CREATE|DROP)\\s+(UNIQUE\\s+)?INDEX|REINDEX)\\b.*", CASES | Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("\\s*CREATE\\s+TABLE\\b.*", CASES | Pattern.DOTALL);
    private static final Pattern AVERAGE = Pattern.compile("\\bAVG\\s*\\(\\s*((ALL|DISTINCT)\\b)?", CASES);
    private static final Pattern TEXT_COLUMN = Pattern.compile("\\b(\\w+)\\s+(TEXT|VARCHAR)\\b", CASES);
    private static final List<Rule> EVERYWHERE =
            List.of(rule("\\b(REAL|FLOAT)\\b", "DOUBLE"), rule("^\\s*(INSERT\\s+OR\\s+REPLACE|REPLACE)\\b", "INSERT"));
    private static final List<Rule> DEFINITIONS = List.of(
            rule("\\bPRIMARY\\s+KEY\\b(\\s*\\([^)]*\\))?", "PRIMARY KEY$1 NOT ENFORCED"),
            rule("\\bUNIQUE\\b", ""),
            rule("\\b(TEXT|VARCHAR\\s*\\(\\s*\\d+\\s*\\))", "STRING"));

    private final Set<String> textColumns = new TreeSet<>();
    private List<Rule> pluses = List.of();

    /** The statement to run; empty if there is none. Statements must come in the file's order. */
    Optional<String> translate(String sql) {
        if (INDEX.matcher(sql).matches()) {
            return Optional.empty();
        }
        String said = average(apply(EVERYWHERE, sql));
        if (TABLE.matcher(sql).matches()) {
            noteTextColumns(sql);
            return Optional.of(apply(DEFINITIONS, said));
        }
        return Optional.of(apply(pluses, said));
    }

    private void noteTextColumns(String sql) {
        TEXT_COLUMN.matcher(sql).results().forEach(found -> textColumns.add(found.group(1)));
        if (!textColumns.isEmpty()) {
            String names = String.join("|", textColumns);
            pluses = List.of(rule("\\+\\s*(?=[+(\\s]*(\\w+\\.)?(" + names + ")\\b)", ""));
        }
    }

    private static Rule rule(String pattern, String replacement) {
        return new Rule(Pattern.compile(pattern, CASES), replacement);
    }

    private static String apply(List<Rule> rules, String sql) {
        String said = sql;
        for (Rule rule : rules) {
            said = rule.pattern().matcher(said).replaceAll(rule.replacement());
        }
        return said;
    }

    private static String average(String sql) {
        Matcher call = AVERAGE.matcher(sql);
        if (!call.find()) {
            return sql;
        }
        int end = closing(sql, call.end());
        return sql.substring(0, call.end()) + " CAST(" + average(sql.substring(call.end(), end)) + " AS DOUBLE)"
                + average(sql.substring(end));
    }

    /** Where the parenthesis ends that is open at {@code start}. */
    private static int closing(String sql, int start) {
        int depth = 1;
        boolean quoted = false;
        for (int i = start; i < sql.length(); i++) {
            char c = sql.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return sql.length();
    }
}
