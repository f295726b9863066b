package io.sabot.executor.connector;

import io.sabot.catalog.connector.FormatDescriptor;
import io.sabot.catalog.connector.Options;
import io.sabot.catalog.stream.ScanColumn;
import io.sabot.catalog.type.Schema;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;
import java.util.Optional;

/**
 * Makes decoders and encoders of one format, of records or, with {@link #files}, of whole files. A format that leaves out
 * {@link #decoder} and {@link #encoder} is refused where records stand alone. Stateless; any thread.
 */
public interface FormatFactory {
    /** What the format offers. */
    FormatDescriptor descriptor();

    /**
     * Makes a decoder.
     *
     * @param physical all columns that the records of the table have in this part (key or value), in order: formats
     *     without names in the record, such as CSV, go by position
     * @param columns what to decode, into builders in this order: {@link ScanColumn.Physical}, behind them metadata that the
     *     format itself offers
     * @param options the format's options, keys without the format's name
     */
    default RecordDecoder decoder(
            Schema physical, List<ScanColumn> columns, ScanFilter filter, Options options, ConnectorContext context) {
        throw onlyFiles();
    }

    /**
     * What a user can do about a record that cannot be read; empty when the format has no such option.
     *
     * @param prefix what stands in front of the format's options, such as {@code key.}; often nothing
     */
    default String hintForBadRecords(String prefix) {
        FormatDescriptor format = descriptor();
        boolean ignores =
                format.options().stream().anyMatch(option -> option.key().equals("ignore-parse-errors"));
        return ignores
                ? "option '" + prefix + format.name() + ".ignore-parse-errors' = 'true' goes on, "
                        + (format.changelog() ? "without such messages" : "with NULL for what cannot be read")
                : "";
    }

    /** Makes what cuts a file into records; lines unless the format says otherwise. */
    default RecordFramer framer(Options options) {
        return new LineFramer();
    }

    private SabotException onlyFiles() {
        return SabotException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "format '" + descriptor().name() + "' is for whole files")
                .hint("use it with connector 'filesystem'");
    }

    /** How files of the format are read and written when they are not records one behind the other. */
    default Optional<FileFormat> files() {
        return Optional.empty();
    }

    /** What stands behind each record in a file. */
    default byte[] separator() {
        return new byte[] {'\n'};
    }

    /** Makes an encoder of rows with these columns. */
    default RecordEncoder encoder(Schema schema, Options options, ConnectorContext context) {
        throw onlyFiles();
    }
}
