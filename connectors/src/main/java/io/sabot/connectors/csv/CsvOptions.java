package io.sabot.connectors.csv;

import io.sabot.catalog.connector.OptionSpec;
import io.sabot.catalog.connector.OptionType;
import io.sabot.catalog.connector.Options;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;
import java.util.Optional;

/**
 * The options of the format.
 *
 * @param quote the quote character, -1 for none
 * @param escape the escape character, -1 for none
 */
record CsvOptions(
        byte delimiter,
        int quote,
        int escape,
        boolean allowComments,
        boolean ignoreParseErrors,
        String elementDelimiter,
        Optional<String> nullLiteral) {
    static final List<OptionSpec> SPECS = List.of(
            OptionSpec.defaulted(
                    "field-delimiter", OptionType.STRING, ",", "Character between fields; '\\t' is a tabulator"),
            OptionSpec.defaulted(
                    "disable-quote-character",
                    OptionType.BOOLEAN,
                    "false",
                    "Whether quotes are characters like others"),
            OptionSpec.defaulted("quote-character", OptionType.STRING, "\"", "Character around fields that need it"),
            OptionSpec.defaulted(
                    "allow-comments",
                    OptionType.BOOLEAN,
                    "false",
                    "Whether lines that begin with # are skipped; empty lines are then too"),
            OptionSpec.defaulted(
                    "ignore-parse-errors",
                    OptionType.BOOLEAN,
                    "false",
                    "Whether a field that cannot be read becomes NULL and a record with too many fields is skipped"),
            OptionSpec.defaulted(
                    "array-element-delimiter",
                    OptionType.STRING,
                    ";",
                    "Text between the elements of an array and the fields of a row"),
            OptionSpec.optional("escape-character", OptionType.STRING, "Character that makes the next one ordinary"),
            OptionSpec.optional("null-literal", OptionType.STRING, "Text that stands for NULL"));

    static CsvOptions of(Options options) {
        byte delimiter = character("field-delimiter", unescape(options.text("field-delimiter")));
        boolean quotes = !options.bool("disable-quote-character");
        int quote = quotes ? character("quote-character", options.text("quote-character")) : -1;
        int escape = options.find("escape-character")
                .map(text -> (int) character("escape-character", text))
                .orElse(-1);
        if (quote == delimiter) {
            throw SabotException.of(
                    ErrorCode.INVALID_OPTION, "options 'csv.field-delimiter' and 'csv.quote-character' are the same");
        }
        return new CsvOptions(
                delimiter,
                quote,
                escape,
                options.bool("allow-comments"),
                options.bool("ignore-parse-errors"),
                options.text("array-element-delimiter"),
                options.find("null-literal"));
    }

    /** SQL texts know no escapes, so the usual ones are understood here. */
    private static String unescape(String text) {
        return switch (text) {
            case "\\t" -> "\t";
            case "\\\\" -> "\\";
            default -> text;
        };
    }

    private static byte character(String key, String text) {
        if (text.length() != 1 || text.charAt(0) > 0x7F || text.charAt(0) == '\n' || text.charAt(0) == '\r') {
            throw SabotException.of(
                    ErrorCode.INVALID_OPTION,
                    "option 'csv." + key + "' has the value '" + text + "', which is not one ASCII character");
        }
        return (byte) text.charAt(0);
    }
}
