package io.sabot.server.session;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Catalogs;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.function.UserClasses;
import io.sabot.catalog.function.UserFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The engine's catalogs with a session's temporary objects in front of them, and the session's place in them. */
final class SessionCatalog implements CatalogReader {
    private final Catalogs shared;
    private final Map<ObjectName, CatalogObject> temporary = new ConcurrentHashMap<>();
    private final Map<ObjectName, UserFunction> functions = new ConcurrentHashMap<>();
    private final List<String> jars = new CopyOnWriteArrayList<>();
    private final UserClasses classes;
    private volatile String catalog = Catalogs.DEFAULT_CATALOG;
    private volatile String database = Catalogs.DEFAULT_DATABASE;

    SessionCatalog(Catalogs shared, UserClasses classes) {
        this.shared = shared;
        this.classes = classes;
    }

    /** The name by which a function is kept: its last part in small letters. */
    static ObjectName folded(ObjectName name) {
        return new ObjectName(name.catalog(), name.database(), name.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public UserClasses userClasses() {
        return classes;
    }

    /** Jars that the session has added, in this order. */
    List<String> jars() {
        return List.copyOf(jars);
    }

    void addJar(String path) {
        if (!jars.contains(path)) {
            jars.add(path);
        }
    }

    /** Returns whether it was there. */
    boolean removeJar(String path) {
        return jars.remove(path);
    }

    @Override
    public Optional<UserFunction> findFunction(List<String> parts) {
        if (parts.size() > 3) {
            return Optional.empty();
        }
        String last = parts.get(parts.size() - 1).toLowerCase(Locale.ROOT);
        UserFunction system = parts.size() == 1 ? functions.get(new ObjectName("", "", last)) : null;
        if (system != null) {
            return Optional.of(system);
        }
        ObjectName name = folded(resolve(parts));
        UserFunction own = functions.get(name);
        return own != null ? Optional.of(own) : shared.findFunction(name);
    }

    boolean hasFunction(ObjectName name, boolean ofSession) {
        return ofSession
                ? functions.containsKey(name)
                : shared.findFunction(name).isPresent();
    }

    void createFunction(UserFunction function) {
        if (!function.temporary()) {
            shared.createFunction(function);
        } else if (functions.putIfAbsent(function.name(), function) != null) {
            String name = function.name().name();
            throw new CatalogException(
                    CatalogException.Kind.ALREADY_EXISTS,
                    name,
                    "temporary function '" + name + "' already exists",
                    "",
                    "use IF NOT EXISTS to leave it as it is, or drop it first");
        }
    }

    void dropFunction(ObjectName name, boolean ofSession) {
        if (!ofSession) {
            shared.dropFunction(name);
        } else if (functions.remove(name) == null) {
            throw Catalogs.notFound("temporary function", name.name(), functionNames());
        }
    }

    /** Names of the functions of users that can be called without catalog and database, sorted. */
    List<String> functionNames() {
        return Stream.concat(functions.values().stream(), shared.functions().stream())
                .map(UserFunction::name)
                .filter(name -> name.catalog().isEmpty()
                        || (name.catalog().equals(catalog) && name.database().equals(database)))
                .map(ObjectName::name)
                .sorted()
                .distinct()
                .toList();
    }

    Catalogs shared() {
        return shared;
    }

    @Override
    public String currentCatalog() {
        return catalog;
    }

    @Override
    public String currentDatabase() {
        return database;
    }

    @Override
    public List<String> catalogs() {
        return shared.catalogs();
    }

    @Override
    public List<String> databases(String ofCatalog) {
        return shared.databases(ofCatalog);
    }

    @Override
    public boolean hasDatabase(String ofCatalog, String database) {
        return InformationSchema.isDatabase(database)
                || shared.databases(ofCatalog).contains(database);
    }

    @Override
    public List<CatalogObject> objects(String ofCatalog, String ofDatabase) {
        List<CatalogObject> objects = new ArrayList<>();
        shared.objects(ofCatalog, ofDatabase).stream()
                .filter(object -> !temporary.containsKey(object.name()))
                .forEach(objects::add);
        temporary.values().stream()
                .filter(object -> object.name().catalog().equals(ofCatalog)
                        && object.name().database().equals(ofDatabase))
                .forEach(objects::add);
        objects.sort((a, b) -> a.name().compareTo(b.name()));
        return objects;
    }

    @Override
    public Optional<CatalogObject> find(ObjectName name) {
        if (InformationSchema.isDatabase(name.database()) && catalogs().contains(name.catalog())) {
            return new InformationSchema(this, name.catalog()).find(name.name());
        }
        CatalogObject own = temporary.get(name);
        return own != null ? Optional.of(own) : shared.find(name);
    }

    void useCatalog(String name) {
        if (!shared.catalogs().contains(name)) {
            throw Catalogs.notFound("catalog", name, shared.catalogs());
        }
        catalog = name;
        database = Catalogs.DEFAULT_DATABASE;
    }

    void useDatabase(String ofCatalog, String name) {
        if (!shared.catalogs().contains(ofCatalog)) {
            throw Catalogs.notFound("catalog", ofCatalog, shared.catalogs());
        }
        if (!shared.databases(ofCatalog).contains(name)) {
            throw Catalogs.notFound("database", name, shared.databases(ofCatalog));
        }
        catalog = ofCatalog;
        database = name;
    }

    /** Adds an object, to the session when it is temporary. Returns the one it replaced. */
    Optional<CatalogObject> create(CatalogObject object, boolean replace) {
        if (!object.temporary()) {
            return shared.create(object, replace);
        }
        if (temporary.containsKey(object.name()) && !replace) {
            throw new CatalogException(
                    CatalogException.Kind.ALREADY_EXISTS,
                    object.name().name(),
                    "temporary " + Catalogs.kind(object) + " '" + object.name().name() + "' already exists",
                    "",
                    "use IF NOT EXISTS to leave it as it is, or drop it first");
        }
        return Optional.ofNullable(temporary.put(object.name(), object));
    }

    CatalogObject drop(ObjectName name) {
        CatalogObject own = temporary.remove(name);
        return own != null ? own : shared.drop(name);
    }

    List<CatalogObject> temporaryObjects() {
        return List.copyOf(temporary.values());
    }
}
