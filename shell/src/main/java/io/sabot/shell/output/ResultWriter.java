package io.sabot.shell.output;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one result in one format. Never flushes or closes what it writes to. */
public interface ResultWriter {

    void begin(List<Column> columns) throws IOException;

    /** Takes a row as {@link Column}s describe it; the array is the caller's again afterwards. */
    void row(@Nullable Object[] values) throws IOException;

    /** No row has come for a while: shows what was held back to look better. */
    default void pause() throws IOException {}

    /** Also called when the query was cancelled or failed in the middle, so that what was written stays well formed. */
    void end(Summary summary) throws IOException;
}
