package io.sabot.sqltests;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import net.hydromatic.quidem.Command;
import net.hydromatic.quidem.Quidem;
import org.jspecify.annotations.Nullable;

/**
 * A script of statements, each followed by what it answers and a command that says how to look at it.
 *
 * <pre>
 * # A comment. Blocks are separated by commands.
 * {"id": 1}
 * {"id": 2}
 * !file orders.json
 * CREATE TABLE orders (id INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');
 * !ok
 * SELECT id FROM orders;
 * | id |
 * |----|
 * | 1  |
 * | 2  |
 * !ok
 * </pre>
 *
 * <p>{@code !ok}: rows (in any order, unless the query sorts), rows written, or nothing. {@code !changes [n]}: the
 * changes of a query, one by one in the raw way, otherwise what they add up to; n ends a query that goes on.
 * {@code !follow}: leaves a query open; {@code !next n}: its next n rows, compared as changes.
 * {@code !plan}: its EXPLAIN. {@code !error}: the message of its failure. {@code !file name}: writes the lines above.
 * {@code !columns}: names and types of its columns. {@code !printed}: what its print sinks print, change by change in the
 * raw way, otherwise what it adds up to.
 */
public final class GoldenScript {
    /** Stands for the folder of the files that the script wrote. */
    static final String DATA = "${DATA}";

    /** Quidem has words of its own, which it would take for its commands; behind this mark they are ours. */
    private static final String OURS = "!=";

    private static final Pattern COMMAND = Pattern.compile("(?m)^!");

    private final String text;

    public GoldenScript(String text) {
        this.text = text;
    }

    /**
     * Runs the script.
     *
     * @param data an empty folder
     * @return the script with the answers it got where they differ from its own: equal to it when all is well
     */
    public String run(Connection connection, GoldenWay way, Path data) throws IOException, SQLException {
        StringWriter output = new StringWriter();
        Reader input = new StringReader(COMMAND.matcher(text).replaceAll(OURS));
        GoldenCommands commands = new GoldenCommands(connection, way, data);
        Quidem.Config config = Quidem.configBuilder()
                .withReader(input)
                .withWriter(output)
                .withCommandHandler((lines, content, line) -> parse(commands, content, line))
                .build();
        new Quidem(config).execute();
        return output.toString().replace("\r\n", "\n");
    }

    private static @Nullable Command parse(GoldenCommands commands, List<String> content, String line) {
        String[] words = line.substring(OURS.length() - 1).strip().split("\\s+", 2);
        return commands.find(words[0], words.length > 1 ? words[1] : "", List.copyOf(content));
    }
}
