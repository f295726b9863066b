package io.sabot.server.session;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.Catalogs;
import io.sabot.catalog.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The engine's catalogs with a session's temporary objects in front of them, and the session's place in them. */
final class SessionCatalog implements CatalogReader {
    private final Catalogs shared;
    private final Map<ObjectName, CatalogObject> temporary = new ConcurrentHashMap<>();
    private volatile String catalog = Catalogs.DEFAULT_CATALOG;
    private volatile String database = Catalogs.DEFAULT_DATABASE;

    SessionCatalog(Catalogs shared) {
        this.shared = shared;
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
