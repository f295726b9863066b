package io.sabot.planner;

import io.sabot.catalog.CatalogObject;
import io.sabot.catalog.CatalogReader;
import io.sabot.catalog.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One database in memory. */
final class MemoryCatalog implements CatalogReader {
    private final Map<ObjectName, CatalogObject> objects = new TreeMap<>();

    void add(CatalogObject object) {
        objects.put(object.name(), object);
    }

    @Override
    public String currentCatalog() {
        return "default_catalog";
    }

    @Override
    public String currentDatabase() {
        return "default_database";
    }

    @Override
    public List<String> catalogs() {
        return List.of(currentCatalog());
    }

    @Override
    public List<String> databases(String catalog) {
        return catalog.equals(currentCatalog()) ? List.of(currentDatabase()) : List.of();
    }

    @Override
    public List<CatalogObject> objects(String catalog, String database) {
        return objects.values().stream()
                .filter(object -> object.name().catalog().equals(catalog))
                .filter(object -> object.name().database().equals(database))
                .toList();
    }

    @Override
    public Optional<CatalogObject> find(ObjectName name) {
        return Optional.ofNullable(objects.get(name));
    }
}
