package io.sabot.catalog;

import io.sabot.catalog.function.UserClasses;
import io.sabot.catalog.function.UserFunction;
import java.util.List;
import java.util.Optional;

/** What a session sees of the catalogs, its temporary objects on top. Safe for any thread. */
public interface CatalogReader {
    /** Catalog that a name without one means. */
    String currentCatalog();

    /** Database that a name without one means. */
    String currentDatabase();

    /** Names of all catalogs, sorted. */
    List<String> catalogs();

    /** Names of the databases of a catalog, sorted; empty when there is no such catalog. */
    List<String> databases(String catalog);

    /** Whether names in a database can be looked up: one of {@link #databases}, or one that is not listed. */
    default boolean hasDatabase(String catalog, String database) {
        return databases(catalog).contains(database);
    }

    /** Objects of a database, sorted by name. */
    List<CatalogObject> objects(String catalog, String database);

    /** The object of this name. */
    Optional<CatalogObject> find(ObjectName name);

    /** The function of a user of a name of one to three parts; case does not matter. */
    default Optional<UserFunction> findFunction(List<String> parts) {
        return Optional.empty();
    }

    /** Where classes of functions come from. */
    default UserClasses userClasses() {
        return new UserClasses();
    }

    /** The full name of one, two or three parts. */
    default ObjectName resolve(List<String> parts) {
        return switch (parts.size()) {
            case 1 -> new ObjectName(currentCatalog(), currentDatabase(), parts.get(0));
            case 2 -> new ObjectName(currentCatalog(), parts.get(0), parts.get(1));
            default -> new ObjectName(parts.get(0), parts.get(1), parts.get(2));
        };
    }
}
