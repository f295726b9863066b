package io.sabot.shell.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads a script item by item, each as soon as its last line is there: a program may write a statement, wait for the rows and
 * write the next. Does not close the reader.
 */
public final class ScriptReader {
    private final BufferedReader reader;
    private final Deque<ScriptItem> ready = new ArrayDeque<>();
    private final StringBuilder pending = new StringBuilder();
    private int pendingLine = 1;
    private int pendingColumn = 1;
    private int nextLine = 1;
    private boolean atEnd;

    public ScriptReader(Reader reader) {
        this.reader = new BufferedReader(reader);
    }

    public static List<ScriptItem> items(String script) {
        var reader = new ScriptReader(new StringReader(script));
        try {
            while (!reader.atEnd) {
                reader.readLine();
            }
        } catch (IOException e) {
            throw new AssertionError("a string cannot fail", e);
        }
        return List.copyOf(reader.ready);
    }

    public Optional<ScriptItem> next() throws IOException {
        while (ready.isEmpty() && !atEnd) {
            readLine();
        }
        return Optional.ofNullable(ready.poll());
    }

    private void readLine() throws IOException {
        String line = lineWithBreak();
        if (nextLine == 1 && line.startsWith("\uFEFF")) {
            line = line.substring(1);
        }
        if (line.isEmpty()) {
            atEnd = true;
        } else if (ScriptItem.isCommand(line)
                && SqlLexer.tokens(pending.toString()).stream().allMatch(Token::isBlank)) {
            int column = line.length() - line.stripLeading().length() + 1;
            ready.add(new ScriptItem(line.strip(), nextLine++, column, true));
            startPendingAt(nextLine, 1, "");
            return;
        } else {
            pending.append(line);
            nextLine++;
        }
        if (atEnd || line.indexOf(';') >= 0) {
            takeStatements();
        }
    }

    private String lineWithBreak() throws IOException {
        var line = new StringBuilder();
        int c;
        while ((c = reader.read()) >= 0) {
            line.append((char) c);
            if (c == '\n') {
                break;
            }
        }
        return line.toString();
    }

    private void takeStatements() {
        String text = pending.toString();
        int done = 0;
        for (StatementSplitter.Part part : StatementSplitter.split(text)) {
            if (!part.terminated() && !atEnd) {
                break;
            }
            moveTo(text, done, part.start());
            ready.add(new ScriptItem(text.substring(part.start(), part.end()), pendingLine, pendingColumn, false));
            moveTo(text, part.start(), part.next());
            done = part.next();
        }
        startPendingAt(pendingLine, pendingColumn, text.substring(done));
    }

    private void startPendingAt(int line, int column, String text) {
        pendingLine = line;
        pendingColumn = column;
        pending.setLength(0);
        pending.append(text);
    }

    private void moveTo(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\n') {
                pendingLine++;
                pendingColumn = 1;
            } else {
                pendingColumn++;
            }
        }
    }
}
