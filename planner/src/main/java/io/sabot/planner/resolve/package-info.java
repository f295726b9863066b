/**
 * Definitions: parsed CREATE statements to objects of the catalog, with every option, type and expression checked. The
 * catalog itself is not changed here.
 */
@NullMarked
package io.sabot.planner.resolve;

import org.jspecify.annotations.NullMarked;
