package io.sabot.shell.prompt;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jline.reader.impl.history.DefaultHistory;

/** History that never writes a secret to disk; JLine leaves this to a subclass. */
final class StatementHistory extends DefaultHistory {
    private static final Pattern SECRET =
            Pattern.compile("password|passwd|secret|credential|token|sasl\\.jaas|api.?key|private.?key");

    @Override
    public boolean isPersistable(Entry entry) {
        return !holdsSecret(entry.line());
    }

    static boolean holdsSecret(String statement) {
        return SECRET.matcher(statement.toLowerCase(Locale.ROOT)).find();
    }
}
