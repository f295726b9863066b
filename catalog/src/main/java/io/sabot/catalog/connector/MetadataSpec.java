package io.sabot.catalog.connector;

import io.sabot.catalog.type.DataType;

/**
 * A metadata column that a connector or format offers.
 *
 * @param writable whether a sink takes it
 */
public record MetadataSpec(String key, DataType type, boolean writable, String description) {}
