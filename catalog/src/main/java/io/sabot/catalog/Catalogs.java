package io.sabot.catalog;

import io.sabot.catalog.function.UserFunction;
import io.sabot.catalog.type.Identifiers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All catalogs of an engine: databases, and the objects in them in the order in which they were made. Safe for any thread;
 * each change is complete before it is seen.
 */
public final class Catalogs {
    /** Catalog that is always there. */
    public static final String DEFAULT_CATALOG = "default_catalog";

    /** The one type of catalogs that there is. */
    public static final String CATALOG_TYPE = "generic_in_memory";

    /** Database that is always there, in the default catalog and in every new one. */
    public static final String DEFAULT_DATABASE = "default_database";

    private final Map<String, Map<String, Contents>> catalogs = new LinkedHashMap<>();
    private final Map<String, String> comments = new HashMap<>();
    private final Map<ObjectName, UserFunction> functions = new TreeMap<>();
    private Consumer<String> store = script -> {};

    /** A database and what is in it, by name. */
    private record Contents(Database definition, Map<String, CatalogObject> objects) {}

    /** Catalogs with nothing but the default database. */
    public Catalogs() {
        catalogs.put(DEFAULT_CATALOG, newCatalog(DEFAULT_CATALOG));
    }

    private static Map<String, Contents> newCatalog(String name) {
        Map<String, Contents> databases = new LinkedHashMap<>();
        databases.put(DEFAULT_DATABASE, new Contents(Database.of(name, DEFAULT_DATABASE), new LinkedHashMap<>()));
        return databases;
    }

    /** From now on hands {@link #script} to {@code newStore} in every change, before the change counts. */
    public synchronized void storeIn(Consumer<String> newStore) {
        store = newStore;
    }

    /** Names of all catalogs, sorted. */
    public synchronized List<String> catalogs() {
        return catalogs.keySet().stream().sorted().toList();
    }

    /** Names of the databases of a catalog, sorted; empty when there is no such catalog. */
    public synchronized List<String> databases(String catalog) {
        return catalogs.getOrDefault(catalog, Map.of()).keySet().stream()
                .sorted()
                .toList();
    }

    /** Objects of a database, sorted by name. */
    public synchronized List<CatalogObject> objects(String catalog, String database) {
        return objectsOf(catalog, database).values().stream()
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .toList();
    }

    /** The object of this name. */
    public synchronized Optional<CatalogObject> find(ObjectName name) {
        return Optional.ofNullable(objectsOf(name.catalog(), name.database()).get(name.name()));
    }

    private Map<String, CatalogObject> objectsOf(String catalog, String database) {
        Contents contents = catalogs.getOrDefault(catalog, Map.of()).get(database);
        return contents == null ? Map.of() : contents.objects();
    }

    /** The definition of a database, which must be there. */
    public synchronized Database database(String catalog, String name) {
        return requireDatabase(catalog, name).definition();
    }

    /** Adds a catalog with a default database; the comment may be empty. */
    public synchronized void createCatalog(String name, String comment) {
        if (catalogs.containsKey(name)) {
            throw exists("catalog", name);
        }
        change(
                () -> {
                    catalogs.put(name, newCatalog(name));
                    comments.put(name, comment);
                },
                () -> {
                    catalogs.remove(name);
                    comments.remove(name);
                });
    }

    /** The {@code CREATE} statement that makes a catalog again, which must be there; without a semicolon. */
    public synchronized String catalogSql(String name) {
        requireCatalog(name);
        String comment = comments.getOrDefault(name, "");
        return "CREATE CATALOG " + Identifiers.quote(name)
                + (comment.isEmpty() ? "" : "\nCOMMENT " + Identifiers.literal(comment))
                + "\nWITH (\n  'type' = '" + CATALOG_TYPE + "'\n)";
    }

    /** Adds a database. */
    public synchronized void createDatabase(Database database) {
        String name = database.name();
        Map<String, Contents> databases = requireCatalog(database.catalog());
        if (databases.containsKey(name)) {
            throw exists("database", name);
        }
        change(() -> databases.put(name, new Contents(database, new LinkedHashMap<>())), () -> databases.remove(name));
    }

    /** Gives a database options, beside those it has or in their place. */
    public synchronized void alterDatabase(String catalog, String name, Map<String, String> options) {
        Map<String, Contents> databases = requireCatalog(catalog);
        Contents before = requireDatabase(catalog, name);
        Contents after = new Contents(before.definition().with(options), before.objects());
        change(() -> databases.put(name, after), () -> databases.put(name, before));
    }

    /** Removes a catalog and everything in it; refused while it holds objects, unless {@code cascade}. */
    public synchronized List<CatalogObject> dropCatalog(String name, boolean cascade) {
        Map<String, Contents> databases = requireCatalog(name);
        List<CatalogObject> objects = new ArrayList<>();
        databases.values().forEach(database -> objects.addAll(database.objects().values()));
        refuseFull("catalog", name, objects, cascade || name.equals(DEFAULT_CATALOG) && objects.isEmpty());
        if (name.equals(DEFAULT_CATALOG)) {
            throw new CatalogException(
                    CatalogException.Kind.IN_USE, name, "the default catalog cannot be dropped", "", "");
        }
        String comment = comments.getOrDefault(name, "");
        change(
                () -> {
                    catalogs.remove(name);
                    comments.remove(name);
                },
                () -> {
                    catalogs.put(name, databases);
                    comments.put(name, comment);
                });
        return objects;
    }

    /** Removes a database; refused while it holds objects, unless {@code cascade}. Returns what was in it. */
    public synchronized List<CatalogObject> dropDatabase(String catalog, String name, boolean cascade) {
        Map<String, Contents> databases = requireCatalog(catalog);
        Contents database = requireDatabase(catalog, name);
        List<CatalogObject> objects = List.copyOf(database.objects().values());
        refuseFull("database", name, objects, cascade);
        change(() -> databases.remove(name), () -> databases.put(name, database));
        return objects;
    }

    private static void refuseFull(String what, String name, List<CatalogObject> objects, boolean allowed) {
        if (!objects.isEmpty() && !allowed) {
            throw new CatalogException(
                    CatalogException.Kind.IN_USE,
                    name,
                    what + " '" + name + "' is not empty",
                    "it has "
                            + objects.stream()
                                    .map(object -> object.name().name())
                                    .collect(Collectors.joining(", ")),
                    "add CASCADE to drop them too");
        }
    }

    /** Adds an object; with {@code replace} in the place of one of the same name, which is returned. */
    public synchronized Optional<CatalogObject> create(CatalogObject object, boolean replace) {
        ObjectName name = object.name();
        Map<String, CatalogObject> database =
                requireDatabase(name.catalog(), name.database()).objects();
        CatalogObject before = database.get(name.name());
        if (before != null && !replace) {
            throw exists(kind(before), name.name());
        }
        change(() -> database.put(name.name(), object), () -> {
            if (before == null) {
                database.remove(name.name());
            } else {
                database.put(name.name(), before);
            }
        });
        return Optional.ofNullable(before);
    }

    /** Puts an object in the place of this one; returns whether it is still there. */
    public synchronized boolean replace(CatalogObject before, CatalogObject after) {
        if (find(before.name()).filter(object -> object == before).isEmpty()) {
            return false;
        }
        create(after, true);
        return true;
    }

    /** Removes an object and returns it. */
    public synchronized CatalogObject drop(ObjectName name) {
        Map<String, CatalogObject> database =
                requireDatabase(name.catalog(), name.database()).objects();
        CatalogObject object = database.get(name.name());
        if (object == null) {
            throw notFound(
                    "table or view", name.name(), database.keySet().stream().toList());
        }
        Map<String, CatalogObject> before = new LinkedHashMap<>(database);
        change(() -> database.remove(name.name()), () -> {
            database.clear();
            database.putAll(before);
        });
        return object;
    }

    /** All functions of users, sorted by name. */
    public synchronized List<UserFunction> functions() {
        return List.copyOf(functions.values());
    }

    /** The function of this name, whose last part is in small letters. */
    public synchronized Optional<UserFunction> findFunction(ObjectName name) {
        return Optional.ofNullable(functions.get(name));
    }

    /** Adds a function. */
    public synchronized void createFunction(UserFunction function) {
        requireDatabase(function.name().catalog(), function.name().database());
        if (functions.containsKey(function.name())) {
            throw exists("function", function.name().name());
        }
        change(() -> functions.put(function.name(), function), () -> functions.remove(function.name()));
    }

    /** Removes a function. */
    public synchronized void dropFunction(ObjectName name) {
        UserFunction function = functions.get(name);
        if (function == null) {
            throw notFound(
                    "function",
                    name.name(),
                    functions.keySet().stream().map(ObjectName::name).toList());
        }
        change(() -> functions.remove(name), () -> functions.put(name, function));
    }

    /** What an object is, in words. */
    public static String kind(CatalogObject object) {
        if (object instanceof Table table) {
            return switch (table.kind()) {
                case TABLE -> "table";
                case STREAM -> "stream";
                case MATERIALIZED_VIEW, MATERIALIZED_LOG -> "materialized view";
            };
        }
        if (object instanceof Unreadable unreadable) {
            return unreadable.kind();
        }
        return object instanceof MaterializedView ? "materialized view" : "view";
    }

    private void change(Runnable apply, Runnable undo) {
        apply.run();
        try {
            store.accept(script());
        } catch (RuntimeException e) {
            undo.run();
            throw e;
        }
    }

    /** Statements that make everything again, in an order in which they can be run; temporary objects are left out. */
    public synchronized String script() {
        StringBuilder script = new StringBuilder();
        catalogs.forEach((catalog, databases) -> {
            if (!catalog.equals(DEFAULT_CATALOG)) {
                script.append(catalogSql(catalog)).append(";\n\n");
            }
            databases.values().forEach(database -> {
                Database definition = database.definition();
                if (!definition.name().equals(DEFAULT_DATABASE)) {
                    script.append(definition.createSql()).append(";\n\n");
                } else if (!definition.options().isEmpty()) {
                    script.append(definition.alterSql()).append(";\n\n");
                }
            });
        });
        functions.values().stream()
                .filter(function -> catalogs.getOrDefault(function.name().catalog(), Map.of())
                        .containsKey(function.name().database()))
                .forEach(function -> script.append(function.createSql()).append(";\n\n"));
        all().stream()
                .filter(object -> !object.temporary())
                .sorted((a, b) -> Boolean.compare(!(a instanceof Table), !(b instanceof Table)))
                .forEach(object -> script.append(object.createSql()).append(";\n\n"));
        return script.toString();
    }

    private List<CatalogObject> all() {
        List<CatalogObject> objects = new ArrayList<>();
        catalogs.values()
                .forEach(databases -> databases
                        .values()
                        .forEach(database -> objects.addAll(database.objects().values())));
        return objects;
    }

    private Map<String, Contents> requireCatalog(String name) {
        Map<String, Contents> databases = catalogs.get(name);
        if (databases == null) {
            throw notFound("catalog", name, List.copyOf(catalogs.keySet()));
        }
        return databases;
    }

    private Contents requireDatabase(String catalog, String name) {
        Map<String, Contents> databases = requireCatalog(catalog);
        Contents database = databases.get(name);
        if (database == null) {
            throw notFound("database", name, List.copyOf(databases.keySet()));
        }
        return database;
    }

    private static CatalogException exists(String what, String name) {
        return new CatalogException(
                CatalogException.Kind.ALREADY_EXISTS,
                name,
                what + " '" + name + "' already exists",
                "",
                "use IF NOT EXISTS to leave it as it is, or drop it first");
    }

    /** The error for a name that is not there, with those that are. */
    public static CatalogException notFound(String what, String name, List<String> present) {
        return new CatalogException(
                CatalogException.Kind.NOT_FOUND,
                name,
                what + " '" + name + "' does not exist",
                present.isEmpty()
                        ? ""
                        : "there is "
                                + CatalogException.listed(
                                        present.stream().sorted().toList()),
                Guess.closest(name, present)
                        .map(guess -> "did you mean '" + guess + "'?")
                        .orElse(""));
    }
}
