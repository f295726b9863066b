package io.sabot.server.avatica;

/** How a test reaches its engine. */
enum Way {
    EMBEDDED,
    REMOTE
}
