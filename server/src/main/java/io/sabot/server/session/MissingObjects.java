package io.sabot.server.session;

import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Guess;
import io.sabot.catalog.ObjectName;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.List;

/** The error for a table or view that is not there. */
final class MissingObjects {
    private static final int LISTED = 12;

    private MissingObjects() {}

    static SabotException notFound(CatalogReader catalog, ObjectName name, String kind) {
        List<String> present = catalog.objects(name.catalog(), name.database()).stream()
                .map(object -> object.name().name())
                .toList();
        String listed = String.join(", ", present.subList(0, Math.min(LISTED, present.size())))
                + (present.size() > LISTED ? ", …" : "");
        return SabotException.of(ErrorCode.UNDEFINED_TABLE, kind + " '" + name.name() + "' does not exist")
                .why(
                        present.isEmpty()
                                ? "database '" + name.database() + "' is empty"
                                : "database '" + name.database() + "' has " + listed)
                .hint(Guess.closest(name.name(), present)
                        .map(guess -> "did you mean '" + guess + "'?")
                        .orElse("SHOW TABLES lists what there is"));
    }
}
